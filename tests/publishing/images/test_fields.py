"""A picture is measured in the child alone, and refused in words where it is none."""

from __future__ import annotations

import resource
from typing import Any

import pytest
from django.urls import reverse

import sandbox
from publishing.models import SiteImage
from tests.support.images import DOORS, image_bytes, send

pytestmark = pytest.mark.django_db


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


def test_the_size_of_a_file_that_may_be_chosen_is_told(editor):
    assert "up to 10.0" in (page := editor.get(reverse("wagtailimages:add")).content.decode())
    assert "40 megapixels" in page
