"""A profile picture is drawn anew from what was uploaded, and refused in words where it is none."""

from __future__ import annotations

import resource
from io import BytesIO

import pytest
from PIL import Image

from accounts.models import User
from accounts.profile import avatars
from sandbox import pictures
from tests.support.portraits import picture, upload
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def shown(user: User) -> Image.Image:
    user.refresh_from_db()
    with user.portrait.open() as file:
        image = Image.open(BytesIO(file.read()))
        image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_is_drawn_anew_small_and_square(client, member, kind):
    client.post("/accounts/me/portrait/", {"portrait": picture(kind)})

    image = shown(member)
    assert (image.format, image.size) == ("WEBP", (256, 256))
    assert member.portrait_url.startswith("/media/portraits/")
    assert member.portrait_url in client.get("/accounts/me/").content.decode()


def test_nothing_of_the_file_is_kept_but_the_picture(client, member):
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = "taken at home", {1: "N"}

    client.post("/accounts/me/portrait/", {"portrait": picture("JPEG", exif=exif)})

    image = shown(member)
    assert not image.getexif()
    member.portrait.open()
    assert b"taken at home" not in member.portrait.read()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NO_PICTURES = {
    "an empty file": b"",
    "text": b"hello",
    "a drawing with a script": SVG,
    "half a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 20,
    "a page that begins like a picture": b"GIF89a<script>alert(1)</script>",
}


@pytest.mark.parametrize("what", NO_PICTURES)
def test_what_is_no_picture_is_refused_in_words(client, member, what):
    response = client.post("/accounts/me/portrait/", {"portrait": upload(NO_PICTURES[what])})

    assert response.status_code == 422
    assert not User.objects.get().portrait


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "ICO"])
def test_other_formats_are_not_even_tried(client, member, kind):
    response = client.post("/accounts/me/portrait/", {"portrait": picture(kind)})

    assert response.status_code == 422
    assert "JPEG, PNG, WebP, or AVIF" in response.content.decode()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_of_more_than_16_megapixels_is_refused_in_words(client, member, kind):
    response = client.post("/accounts/me/portrait/", {"portrait": picture(kind, size=(4001, 4000))})

    assert response.status_code == 422
    assert "at most 16 megapixels" in response.content.decode()


def test_a_small_file_of_many_pixels_costs_the_site_no_memory(client, member):
    bomb = picture("WEBP", size=(6324, 6324), lossless=True)
    assert bomb.size < 2000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    response = client.post("/accounts/me/portrait/", {"portrait": bomb})

    assert "at most 16 megapixels" in response.content.decode()
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 20 * 1024  # kilobytes


def test_nobody_waits_long_while_other_pictures_are_decoded(client, member, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_WAIT", 0.01)

    with pictures._slots.take():
        response = client.post("/accounts/me/portrait/", {"portrait": picture()})

    assert response.status_code == 422
    assert "try again" in response.content.decode()


def test_a_file_that_is_too_large_is_refused(client, member, monkeypatch):
    monkeypatch.setattr(avatars, "MAX_BYTES", 100)

    assert "larger than" in client.post("/accounts/me/portrait/", {"portrait": picture()}).content.decode()
