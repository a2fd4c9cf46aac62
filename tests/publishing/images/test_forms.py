"""At every door where editors bring images, only those are let in that can be shown at bounded cost."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.images.forms import get_image_form, get_image_multi_form

from publishing.images import usages
from publishing.models import SiteImage
from tests.support.images import DOORS, image_bytes, image_upload, make_image, send

pytestmark = pytest.mark.django_db
HUGE = {"size": (6400, 6400)}  # 41 megapixels


@pytest.mark.parametrize("door", DOORS)
def test_a_picture_comes_in_by_every_door(editor, door):
    response = send(editor, door, image_bytes("WEBP"), "bus.webp")

    assert response.status_code in (200, 302)
    newest = SiteImage.objects.latest("pk")
    assert newest.file.name.endswith(".webp")
    assert (newest.width, newest.height) == (1200, 675)


@pytest.mark.parametrize("door", DOORS)
def test_more_than_40_megapixels_come_in_by_no_door(editor, door):
    response = send(editor, door, image_bytes(**HUGE))

    assert "at most 40 megapixels" in response.content.decode()
    assert not SiteImage.objects.filter(title="Bus").exists()


def test_a_replaced_file_has_its_renditions_when_the_form_is_saved(editor, run_on_commit):
    with run_on_commit():
        image = make_image()
    with run_on_commit():
        editor.post(
            reverse("wagtailimages:edit", args=[image.pk]),
            {"title": "Bus", "file": image_upload(image_bytes(size=(300, 200)), "new.png")},
        )

    image.refresh_from_db()
    assert image.file.name.endswith("new.png")
    assert not image.missing_renditions(usages.all_filters())
    assert image.renditions_made == usages.version()


def test_the_form_for_titles_alone_asks_for_no_file():
    assert "file" in get_image_form(SiteImage).base_fields
    assert "file" not in get_image_multi_form(SiteImage)(instance=make_image()).fields
    assert "file" not in get_image_form(SiteImage, fields=["title"])(instance=make_image()).fields


@pytest.mark.parametrize(
    "page", ["wagtailimages:index", "wagtailimages:add_multiple", "wagtailimages_chooser:choose"]
)
def test_the_library_shows_its_images(editor, run_on_commit, page):
    with run_on_commit():
        make_image("A bus")

    assert editor.get(reverse(page)).status_code == 200


def test_wagtails_preview_of_any_size_is_closed(editor):
    """It would decode the original in the web process; no page of the site links to it."""
    image = make_image()

    assert editor.get(f"/admin/images/{image.pk}/preview/width-100/").status_code == 404
    assert editor.get(f"/admin/images/{image.pk}/generate_url/").status_code == 404
