"""A rendition is what was asked for, upright, under a name that nobody can guess."""

from __future__ import annotations

import resource

import pytest
from PIL import Image

from publishing.images import usages
from sandbox import picture_worker
from tests.support.images import image_bytes, make_image, specs

pytestmark = pytest.mark.django_db
ALL = {listed.spec for listed in usages.all_filters()}


def test_a_rendition_is_what_was_asked_for(image):
    for rendition in image.renditions.all():
        with Image.open(rendition.file) as drawn:
            assert drawn.size == (rendition.width, rendition.height), rendition.filter_spec
            expected = rendition.filter_spec.partition("format-")[2] or "png"
            assert drawn.format.lower() == expected.partition("|")[0]
    sizes = dict(image.renditions.values_list("filter_spec", "width"))
    assert (sizes["fill-160x160|format-webp"], sizes["format-avif|width-480"]) == (160, 480)
    assert sizes["format-avif|width-1440"] == 1200  # no larger than the original


def test_an_image_turned_by_its_camera_is_drawn_upright(run_on_commit):
    turned = Image.Exif()
    turned[picture_worker.ORIENTATION] = 6

    with run_on_commit():
        image = make_image(content=image_bytes("JPEG", exif=turned), name="turned.jpg")

    assert (image.width, image.height) == (675, 1200)
    assert image.renditions.get(filter_spec="max-165x165").height == 165


def test_two_images_of_one_name_have_renditions_of_different_names(run_on_commit):
    names = []
    for size in ((400, 300), (300, 200)):
        with run_on_commit():
            image = make_image(content=image_bytes(size=size))
        names.append({rendition.file.name for rendition in image.renditions.all()})
        with run_on_commit():
            image.delete()

    assert names[0]
    assert not names[0] & names[1]


def test_drawing_a_large_image_costs_the_site_itself_no_memory(run_on_commit):
    content = image_bytes("PNG", size=(6000, 6000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with run_on_commit():
        image = make_image(content=content)

    assert specs(image) == ALL
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024  # kilobytes
