"""What is sent after the session has ended is not lost, whichever form it comes from."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.signin import session_lifetime
from discussion.models import Comment
from tests.accounts.signin.test_rate_limits import routes
from tests.support.comments import make_comment, visible_text
from tests.support.factories import make_post
from tests.support.paper_files import make_editor
from tests.support.stand_in import MARIA, PASSWORD, fresh_limits, make_member

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db
TEXT = "A role & what I wrote about it"
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def client():
    return Client(headers=OURS)


def sign_in(client):
    return client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})


def end_session():
    Session.objects.all().delete()


def send_again(client, page):
    """Press the page's button."""
    html = page.content.decode()
    path = re.search(r'<form class="form" method="post" action="([^"]*)"', html)[1]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html))
    fields = {name: value.replace("&amp;", "&") for name, value in fields.items()}
    return client.post(path, fields)


def test_a_form_is_sent_again_after_signing_in():
    member = make_member(name="Maria Alvarez")
    client = Client(headers=OURS)
    sign_in(client)
    end_session()

    ended = client.post("/accounts/me/about/", {"name": "Maria Alvarez", "role": TEXT, "organisation": ""})
    link = re.search(r'href="(/accounts/login/\?next=[^"]*)"', ended.content.decode())[1]
    client.get(link)
    way_back = parse_qs(urlsplit(link).query)["next"][0]
    back = client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD, "next": way_back})
    page = client.get(back.url)
    sent = send_again(client, page)

    assert ended.status_code == 403
    assert "You’ve been signed out" in visible_text(ended)
    assert TEXT in visible_text(ended)
    assert way_back.startswith("/accounts/continue/?form=")
    assert ended["Cache-Control"] == page["Cache-Control"] == "private, no-store"
    assert TEXT in visible_text(page)
    assert sent.url == "/accounts/me/"
    member.refresh_from_db()
    assert member.role == TEXT
    assert client.get(way_back).url == "/accounts/me/"


def test_the_next_person_at_the_same_browser_sees_nothing_of_the_form(client):
    make_member()
    make_member("other@example.org")
    sign_in(client)
    end_session()
    client.post("/accounts/me/about/", {"name": "Maria Alvarez", "role": TEXT})

    client.post("/accounts/login/", {"login": "other@example.org", "password": PASSWORD})
    pages = [client.get(f"/accounts/continue/{query}", follow=True) for query in ("", "?form=", "?form=x")]

    assert "interrupted_form" in client.session
    assert [TEXT in visible_text(page) for page in pages] == [False, False, False]


def test_a_session_that_was_too_old_loses_nothing_either(client):
    make_member()
    sign_in(client)

    with time_machine.travel(timezone.now() + session_lifetime.MAX_AGE + timedelta(hours=1)):
        response = client.post("/accounts/me/about/", {"name": "Maria", "role": TEXT})

    assert response.status_code == 403
    assert TEXT in visible_text(response)


def addresses():
    return sorted({f"/{path}" for path, _name in routes(get_resolver()) if not re.search(r"[<(^$?\\]", path)})


@pytest.mark.parametrize("address", addresses())
def test_no_form_is_sent_on_to_the_sign_in_page(client, address):
    response = client.post(address, {"words": TEXT})

    way_back = f"/accounts/login/?next={address}"
    assert response.get("Location", "") != way_back
    assert response.get("Location", "") != way_back.replace("/", "%2F")


@pytest.mark.parametrize("name", ["discussion_follow", "notification_preferences"])
def test_following_is_resumed_too(client, name):
    names = {"discussion_follow": "follow_discussion"}
    args = [make_post().pk] if name == "discussion_follow" else []

    response = client.post(reverse(names.get(name, name), args=args), {"frequency": "daily", "words": TEXT})

    assert response.status_code == 403
    assert "Sign in and continue" in visible_text(response)


def test_what_an_editor_wrote_in_the_admin_is_kept(client):
    make_editor()
    address = reverse("wagtailadmin_pages:edit", args=[make_post().pk])

    response = client.post(address, {"title": TEXT, "action-publish": "1"})

    assert response.status_code == 403
    assert TEXT in visible_text(response)
    assert client.session["interrupted_form"]["path"] == address


def test_what_an_editor_wrote_as_rich_text_can_be_copied_where_it_is_too_long_to_keep(client):
    make_editor()
    address = reverse("wagtailadmin_pages:edit", args=[make_post().pk])
    blocks = [{"text": "A nurse for two towns", "key": "a"}, {"text": "“Both” gain", "key": "b"}]
    body = json.dumps({"blocks": blocks, "entityMap": {}})

    response = client.post(address, {"body-0-value": body, "filling": "x" * 300_000})

    assert "Copy your text" in visible_text(response)
    assert "A nurse for two towns" in visible_text(response)
    assert "“Both” gain" in visible_text(response)


@pytest.mark.parametrize(
    ("value", "is_shown"),
    [
        ("{} ", False),
        ('{"blocks": 1}', False),
        ('{"blocks": [1, 2]}', False),
        ('{"blocks": [{}, {}]}', False),
        ("{blocks} is what I wrote", True),
        ("{" + "[" * 100_000 + " blocks", True),
    ],
)
def test_words_in_braces_are_text_and_json_is_not(client, value, is_shown):
    response = client.post("/accounts/me/about/", {"note": value, "role": TEXT})

    assert response.status_code == 403
    assert TEXT in visible_text(response)
    assert ("blocks" in visible_text(response)) == is_shown


def test_a_script_of_the_admin_gets_no_page(client):
    address = reverse("wagtailadmin_pages:edit", args=[make_post().pk])

    response = client.post(address, {"title": TEXT}, headers={"X-Requested-With": "XMLHttpRequest"})

    assert TEXT not in response.content.decode()


@pytest.mark.parametrize(
    "name", ["oldpassword", "code", "recovery_code", "credential", "csrfmiddlewaretoken", "client_secret"]
)
def test_no_secret_is_kept_or_shown(client, name):
    response = client.post("/accounts/me/about/", {name: "one two", "note": TEXT})

    assert client.session["interrupted_form"]["fields"] == [["note", TEXT]]
    assert "one two" not in response.content.decode()


def test_no_password_is_kept_or_shown(client):
    response = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "a heron at", "note": TEXT}
    )

    assert response.status_code == 403
    assert client.session["interrupted_form"]["fields"] == [["note", TEXT]]
    assert PASSWORD not in response.content.decode()


def test_a_file_is_said_to_be_lost(client):
    picture = SimpleUploadedFile("a.png", b"x", "image/png")

    response = client.post("/accounts/me/portrait/", {"portrait": picture})

    assert "Files can’t be kept" in visible_text(response)


def test_nobody_fills_the_database_with_forms(client):
    form = {"role": "a " * 1000}

    responses = [client.post("/accounts/me/about/", form) for _ in range(21)]

    assert "We’ve kept what you entered" in visible_text(responses[19])
    assert "Copy your text" in visible_text(responses[20])


def test_too_much_text_is_shown_and_not_kept(client):
    response = client.post("/accounts/me/about/", {"role": "a " * 129 * 1024})

    assert response.status_code == 403 or response.status_code == 413
    assert "interrupted_form" not in client.session


def test_a_form_opened_before_signing_in_anew_can_be_sent_again():
    member = make_member(name="Maria Alvarez")
    client = Client(enforce_csrf_checks=True, headers=OURS)
    client.force_login(member)
    fields = {"name": "Maria Alvarez", "role": TEXT, "organisation": "", "csrfmiddlewaretoken": "x" * 32}

    stale = client.post("/accounts/me/about/", fields)
    sent = send_again(client, stale)

    assert stale.status_code == 403
    assert TEXT in visible_text(stale)
    assert sent.url == "/accounts/me/"
    member.refresh_from_db()
    assert member.role == TEXT


def test_an_edited_comment_is_resumed(client):
    member = make_member()
    comment = make_comment(by=member, text="Before.")
    sign_in(client)
    end_session()
    address = reverse("edit_comment", args=[comment.pk])

    ended = client.post(address, {"comment": TEXT})
    sign_in(client)
    link = re.search(r'href="(/accounts/login/\?next=[^"]*)"', ended.content.decode())[1]
    page = client.get(parse_qs(urlsplit(link).query)["next"][0])
    send_again(client, page)

    assert ended.status_code == 403
    assert "You’ve been signed out" in visible_text(ended)
    assert Comment.objects.get(pk=comment.pk).comment == TEXT


def test_a_reader_without_a_session_gets_no_cookie(client):
    assert client.get("/").cookies == {}
    assert client.get("/accounts/me/about/").url.startswith("/accounts/login/")
