"""Renditions are drawn in the child when an image is saved, and never from another file."""

from __future__ import annotations

import resource

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from PIL import Image
from wagtail.images.models import Filter, SourceImageIOError

from publishing.images import tasks, usages
from publishing.models import SiteImage
from sandbox import picture_worker
from tests.support.images import image_bytes, make_image

pytestmark = pytest.mark.django_db

ALL = {listed.spec for listed in usages.all_filters()}


@pytest.fixture
def image(run_on_commit) -> SiteImage:
    with run_on_commit():
        made = make_image("A bus")
    made.refresh_from_db()
    return made


def specs(image: SiteImage) -> set[str]:
    return set(image.renditions.values_list("filter_spec", flat=True))


def test_an_image_gets_every_rendition_when_it_is_saved(image):
    assert specs(image) == ALL
    assert image.renditions_made == usages.version()
    assert tasks.queue_missing() == 0


def test_a_rendition_is_what_was_asked_for(image):
    for rendition in image.renditions.all():
        with Image.open(rendition.file) as drawn:
            assert drawn.size == (rendition.width, rendition.height), rendition.filter_spec
            expected = rendition.filter_spec.partition("format-")[2] or "png"
            assert drawn.format.lower() == expected.partition("|")[0]
    sizes = dict(image.renditions.values_list("filter_spec", "width"))
    assert (sizes["fill-160x160|format-webp"], sizes["format-avif|width-480"]) == (160, 480)
    assert sizes["format-avif|width-1440"] == 1200  # no larger than the original


def test_making_them_again_changes_nothing(image):
    before = list(image.renditions.order_by("pk").values())

    tasks.make_renditions.enqueue(image.pk)

    assert list(image.renditions.order_by("pk").values()) == before


def test_an_image_turned_by_its_camera_is_drawn_upright(run_on_commit):
    turned = Image.Exif()
    turned[picture_worker.ORIENTATION] = 6

    with run_on_commit():
        image = make_image(content=image_bytes("JPEG", exif=turned), name="turned.jpg")

    assert (image.width, image.height) == (675, 1200)
    assert image.renditions.get(filter_spec="max-165x165").height == 165


def test_another_focal_point_is_drawn_anew(image, run_on_commit):
    image.focal_point_x = image.focal_point_y = 20
    image.focal_point_width = image.focal_point_height = 40

    with run_on_commit():
        image.save()

    assert image.renditions.filter(filter_spec="fill-96x96|format-webp").count() == 2
    assert not image.missing_renditions(usages.all_filters())


def test_another_file_leaves_no_picture_of_the_former_one(image, run_on_commit):
    former = {rendition.file.name for rendition in image.renditions.all()}
    image.file = ContentFile(image_bytes(size=(300, 300)), "other.png")

    with run_on_commit():
        image.save()

    assert not former & {rendition.file.name for rendition in image.renditions.all()}
    assert not any(storages["public"].exists(name) for name in former)
    assert specs(image) == ALL
    assert set(image.renditions.values_list("width", flat=True)) <= {300, 169, 165, 160, 96}


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


def test_a_file_that_cannot_be_decoded_is_tried_once(image, run_on_commit, caplog):
    image.renditions.all().delete()
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(b"no picture any more")

    tasks.make_renditions.enqueue(image.pk)

    assert "No renditions of image" in caplog.text
    assert tasks.queue_missing() == 0
    assert image.get_rendition("max-165x165").file.name == "not-found"  # and no error, for an editor


def test_nothing_of_a_deleted_image_is_made(image):
    pk = image.pk
    image.delete()

    tasks.make_renditions.enqueue(pk)


def test_wagtail_is_not_let_decode_an_image_in_the_site_itself(image):
    with pytest.raises(SourceImageIOError):
        Filter("width-100").run(image, None)


def test_drawing_a_large_image_costs_the_site_itself_no_memory(run_on_commit):
    content = image_bytes("PNG", size=(6000, 6000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with run_on_commit():
        image = make_image(content=content)

    assert specs(image) == ALL
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024  # kilobytes
