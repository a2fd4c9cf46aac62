"""At every door where editors bring images, only those are let in that can be shown at bounded cost."""

from __future__ import annotations

import resource
from typing import Any

import pytest
from django.urls import reverse
from wagtail.images.forms import get_image_form, get_image_multi_form

import sandbox
from publishing.images import usages
from publishing.models import SiteImage
from tests.support.images import image_bytes, image_upload, make_image
from tests.support.paper_files import make_editor

pytestmark = pytest.mark.django_db

DOORS = {
    "add": "wagtailimages:add",
    "chooser": "wagtailimages_chooser:create",
    "multiple": "wagtailimages:add_multiple",
    "edit": "wagtailimages:edit",
}
HUGE = {"size": (6400, 6400)}  # 41 megapixels


@pytest.fixture
def editor(client):
    client.force_login(make_editor())
    return client


def send(client, door: str, content: bytes, name: str = "bus.png"):
    """Send a file through one of Wagtail's doors; return what it answers."""
    address = reverse(DOORS[door], args=[make_image().pk] if door == "edit" else [])
    if door == "multiple":
        return client.post(address, {"title": "Bus", "files[]": image_upload(content, name)})
    prefix = "image-chooser-upload-" if door == "chooser" else ""
    return client.post(address, {f"{prefix}title": "Bus", f"{prefix}file": image_upload(content, name)})


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


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (image_bytes("GIF"), "bus.gif"),
        (image_bytes("TIFF"), "bus.png"),
        (image_bytes("JPEG"), "bus.png"),
        (image_bytes("PNG", size=(64, 64))[:90], "bus.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bus.svg"),
    ],
    ids=["gif", "tiff as png", "jpeg as png", "half a png", "svg"],
)
def test_what_is_no_picture_of_its_name_comes_in_by_no_door(editor, door, content, name):
    response = send(editor, door, content, name)

    assert response.status_code == 200
    assert not SiteImage.objects.filter(title="Bus").exists()


def test_a_picture_is_decoded_once_while_its_form_is_saved(editor, monkeypatch):
    workers, run = [], sandbox.run

    def count(worker: str, *args: Any, **options: Any) -> list[sandbox.Message]:
        workers.append(worker)
        return run(worker, *args, **options)

    monkeypatch.setattr(sandbox, "run", count)

    send(editor, "add", image_bytes())

    assert workers == ["sandbox.picture_worker"]


def test_a_png_of_128_megapixels_costs_the_site_no_memory(editor):
    bomb = image_bytes("PNG", size=(11_300, 11_300))
    assert len(bomb) < 500_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    response = send(editor, "add", bomb)

    assert "at most 40 megapixels" in response.content.decode()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024  # kilobytes


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


def test_the_size_of_a_file_that_may_be_chosen_is_told(editor):
    assert "up to 10.0" in (page := editor.get(reverse("wagtailimages:add")).content.decode())
    assert "40 megapixels" in page


def test_wagtails_preview_of_any_size_is_closed(editor):
    """It would decode the original in the web process; no page of the site links to it."""
    image = make_image()

    assert editor.get(f"/admin/images/{image.pk}/preview/width-100/").status_code == 404
    assert editor.get(f"/admin/images/{image.pk}/generate_url/").status_code == 404
