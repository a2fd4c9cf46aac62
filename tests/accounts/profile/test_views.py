"""What people do on their own page: say who they are, show a picture, see where they are signed in."""

from __future__ import annotations

import resource
from io import BytesIO

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from accounts.profile import avatars
from sandbox import pictures
from tests.support.stand_in import MARIA, PASSWORD, fresh_limits, make_member, reader

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def upload(content: bytes, name: str = "me.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(kind: str = "PNG", *, size: tuple[int, int] = (600, 400), **options) -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **options)
    return upload(written.getvalue(), f"me.{kind.lower()}")


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


def test_pictures_cannot_be_sent_without_end(client, member):
    sent = [client.post("/accounts/me/portrait/", {"portrait": upload(b"no picture")}) for _ in range(11)]

    assert [response.status_code for response in sent] == [422] * 10 + [429]
    assert int(sent[-1]["Retry-After"]) <= 60
    assert client.get("/accounts/me/portrait/").status_code == 200


def test_nobody_waits_long_while_other_pictures_are_decoded(client, member, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_WAIT", 0.01)

    with pictures._slots.take():
        response = client.post("/accounts/me/portrait/", {"portrait": picture()})

    assert response.status_code == 422
    assert "try again" in response.content.decode()


def test_a_file_that_is_too_large_is_refused(client, member, monkeypatch):
    monkeypatch.setattr(avatars, "MAX_BYTES", 100)

    assert "larger than" in client.post("/accounts/me/portrait/", {"portrait": picture()}).content.decode()


def test_another_picture_takes_the_place_of_the_first_and_none_of_both(client, member):
    client.post("/accounts/me/portrait/", {"portrait": picture()})
    member.refresh_from_db()
    first, storage = member.portrait.name, member.portrait.storage
    client.post("/accounts/me/portrait/", {"portrait": picture("WEBP")})
    assert not storage.exists(first)

    client.post("/accounts/me/portrait/", {"remove": "1"})

    member.refresh_from_db()
    assert not member.portrait
    assert ">MA<" in client.get("/accounts/me/").content.decode()


def test_sessions_are_seen_and_ended(client, member):
    elsewhere = Client(headers={"User-Agent": "Mozilla/5.0 (Android 15; Mobile) Firefox/140.0"})
    elsewhere.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})
    assert "Firefox, Android" in client.get("/accounts/me/sessions/").content.decode()
    there = UserSession.objects.get(user_agent__contains="Android")

    client.post("/accounts/me/sessions/end/", {"session": there.pk})

    assert reader(client) == member
    assert elsewhere.get("/accounts/me/").status_code == 302
    assert not Session.objects.filter(session_key=there.session_key).exists()


def test_all_others_are_ended_at_once(client, member):
    others = [Client() for _ in range(2)]
    for other in others:
        other.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})

    client.post("/accounts/me/sessions/end/", {"all": "1"})

    assert reader(client) == member
    assert [other.get("/accounts/me/").status_code for other in others] == [302, 302]


@pytest.mark.parametrize("chosen", ["0", "x", "", "99999999999999999999"])
def test_nobody_elses_session_can_be_ended(client, member, chosen):
    stranger = Client()
    make_member("dana@example.com")
    stranger.post("/accounts/login/", {"login": "dana@example.com", "password": PASSWORD})
    theirs = UserSession.objects.get(user__email="dana@example.com")

    for session in (chosen, str(theirs.pk)):
        assert client.post("/accounts/me/sessions/end/", {"session": session}).status_code == 404

    assert reader(stranger)


PAGES = ["me/", "me/about/", "me/portrait/", "me/sessions/", "me/data/", "me/organization/", "me/leave/"]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_these_pages_signed_out(client, page):
    assert client.get(f"/accounts/{page}").url.startswith("/accounts/login/?next=")


def test_the_code_for_the_app_can_be_read_on_dark_pages(client, member):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    page = client.get("/accounts/2fa/totp/activate/")

    assert "fill%3D%22white%22" in page.context["totp_svg_data_uri"] or "white" in page.context["totp_svg"]
