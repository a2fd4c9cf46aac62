"""What people do on their own page: say who they are, show a picture, see where they are signed in."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from tests.support.portraits import picture, upload
from tests.support.stand_in import MARIA, PASSWORD, fresh_limits, make_member, reader

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def test_pictures_cannot_be_sent_without_end(client, member):
    sent = [client.post("/accounts/me/portrait/", {"portrait": upload(b"no picture")}) for _ in range(11)]

    assert [response.status_code for response in sent] == [422] * 10 + [429]
    assert int(sent[-1]["Retry-After"]) <= 60
    assert client.get("/accounts/me/portrait/").status_code == 200


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
