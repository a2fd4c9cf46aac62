"""Renditions are drawn in the child when an image is saved, and never from another file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.images.models import Filter, SourceImageIOError

from publishing.images import rendering, tasks, usages
from publishing.models import SiteImage
from tests.support.images import image_bytes, specs

pytestmark = pytest.mark.django_db
ALL = {listed.spec for listed in usages.all_filters()}


def test_an_image_gets_every_rendition_when_it_is_saved(image):
    assert specs(image) == ALL
    assert image.renditions_made == usages.version()
    assert tasks.queue_missing() == 0


def test_making_them_again_changes_nothing(image):
    before = list(image.renditions.order_by("pk").values())

    tasks.make_renditions.enqueue(image.pk)

    assert list(image.renditions.order_by("pk").values()) == before


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


def test_a_file_that_cannot_be_decoded_is_tried_once(image, run_on_commit, caplog):
    image.renditions.all().delete()
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(b"no picture any more")

    tasks.make_renditions.enqueue(image.pk)

    assert "No renditions of image" in caplog.text
    assert tasks.queue_missing() == 0
    assert image.get_rendition("max-165x165").file.name == "not-found"  # and no error, for an editor


def test_an_image_that_took_too_long_is_tried_once_more(image, monkeypatch):
    image.renditions.all().delete()
    SiteImage.objects.update(renditions_made="")
    monkeypatch.setattr(rendering, "LIMITS", replace(rendering.LIMITS, seconds=0.01))

    tried = [tasks.queue_missing() for _ in range(3)]

    assert tried == [1, 1, 0]


def test_an_upgrade_with_other_sizes_queues_the_images_bit_by_bit(image, monkeypatch):
    SiteImage.objects.update(renditions_made="an older list")
    monkeypatch.setattr(tasks, "MAX_QUEUED", 0)
    assert tasks.queue_missing() == 0

    monkeypatch.setattr(tasks, "MAX_QUEUED", 1)
    assert [tasks.queue_missing(), tasks.queue_missing()] == [1, 0]


def test_nothing_of_a_deleted_image_is_made(image):
    pk = image.pk
    image.delete()

    tasks.make_renditions.enqueue(pk)


def test_wagtail_is_not_let_decode_an_image_in_the_site_itself(image):
    with pytest.raises(SourceImageIOError):
        Filter("width-100").run(image, None)
