"""Nobody learns from an answer, a letter or the clock who has an account; and nobody tries for long."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccountEvent
from mail.models import QueuedEmail
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    PASSWORD,
    finish_login,
    fresh_limits,
    make_member,
    sign_in,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]
NOBODY = "nobody.here@example.com"


class Counted(MD5PasswordHasher):
    """Counts how often a password is hashed: nothing else takes as long."""

    times = 0

    def encode(self, password: str, salt: str) -> str:
        Counted.times += 1
        return super().encode(password, salt)


@pytest.fixture
def counted(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    return Counted


def fields_for(path: str, address: str) -> dict[str, str]:
    return {
        "login/": {"login": address, "password": "not the right one"},
        "signup/": {"name": "A", "email": address, "password1": PASSWORD},
        "password/reset/": {"email": address},
    }[path]


DOORS = ["login/", "signup/", "password/reset/"]


def bare(page: bytes, address: str) -> str:
    """A page without what differs at every visit."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return text.replace(address, "ADDRESS")


@pytest.mark.parametrize("path", DOORS)
def test_the_answer_is_the_same_for_known_and_unknown_addresses(path):
    make_member()
    pages = []
    for address in (MARIA, NOBODY):
        client = Client()
        response = client.post(f"/accounts/{path}", fields_for(path, address), follow=True)
        pages.append((response.status_code, response.redirect_chain, bare(response.content, address)))

    assert pages[0] == pages[1]


@pytest.mark.parametrize("path", DOORS)
def test_as_much_work_is_done_for_unknown_addresses(path, counted):
    make_member()
    work = []
    for address in (MARIA, NOBODY):
        counted.times = 0
        emails = QueuedEmail.objects.count()
        Client().post(f"/accounts/{path}", fields_for(path, address))
        work.append((counted.times, QueuedEmail.objects.count() - emails))

    assert work[0] == work[1]


@pytest.mark.parametrize("path", ["login/", "password/reset/"])
def test_the_database_is_asked_about_as_often(path):
    make_member()
    counts = []
    for address in (MARIA, NOBODY):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            Client().post(f"/accounts/{path}", fields_for(path, address))
        counts.append(len(queries))

    assert abs(counts[0] - counts[1]) <= 6


def test_what_an_unvouched_provider_leads_to_looks_the_same():
    make_member()
    pages = []
    for address in (MARIA, NOBODY):
        client = Client()
        there = finish_login(client, "facebook", "namesake").url
        response = client.post(there, {"name": "Mario", "email": address}, follow=True)
        pages.append((response.redirect_chain, bare(response.content, address)))

    assert pages[0] == pages[1]


def test_an_email_to_an_unknown_address_says_so_to_its_owner_alone(client):
    client.post("/accounts/password/reset/", {"email": NOBODY})

    email = QueuedEmail.objects.get()
    assert email.to == NOBODY
    assert "No account has this address" in email.text


LIMITED = [
    ("/accounts/login/", {"login": NOBODY, "password": "x" * 12}, 6),
    ("/accounts/password/reset/", {"email": NOBODY}, 6),
    ("/accounts/signup/", {"name": "A", "email": "", "password1": ""}, 21),
    ("/accounts/google/login/", {}, 61),
    ("/accounts/password/reset/key/1-set-password/", {"password1": "x", "password2": "x"}, 21),
]


@pytest.mark.parametrize(("path", "fields", "times"), LIMITED)
def test_whoever_tries_for_long_is_stopped(client, path, fields, times):
    responses = [client.post(path, fields) for _ in range(times)]
    stopped = responses[-1].status_code == 429 or "Too many" in responses[-1].content.decode()

    assert stopped
    assert responses[0].status_code in (200, 302)


def test_another_forwarded_address_is_no_way_around_the_limit(client):
    responses = [
        client.post("/accounts/signup/", {"name": "A"}, headers={"X-Forwarded-For": f"203.0.113.{number}"})
        for number in range(21)
    ]

    assert responses[-1].status_code == 429


def test_the_session_changes_its_number_at_the_address(client):
    client.get("/accounts/login/")
    session = client.session
    session["draft"] = "half a thought"
    session.save()
    client.cookies["colloquy_session"] = before = session.session_key

    sign_in(client, "google")

    assert client.session.session_key != before
    assert client.session["draft"] == "half a thought"
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session_on_the_server(client):
    sign_in(client, "google")
    stolen = client.cookies["colloquy_session"].value

    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies["colloquy_session"] = stolen

    assert thief.get("/accounts/me/").status_code == 302
    assert not Session.objects.filter(session_key=stolen).exists()


def test_a_session_ends_by_itself_after_two_weeks(client):
    sign_in(client, "google")

    with time_machine.travel(timezone.now() + timedelta(days=13)):
        assert client.get("/accounts/me/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert client.get("/accounts/me/").status_code == 302
        call_command("clearsessions")

    assert not Session.objects.exists()


def test_a_new_password_ends_every_other_session():
    make_member()
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})

    fields = {"oldpassword": PASSWORD, "password1": "a heron at the weir", "password2": "a heron at the weir"}
    here.post("/accounts/password/change/", fields)

    assert there.get("/accounts/me/").status_code == 302


def test_what_was_typed_in_vain_is_written_down_nowhere(client):
    client.post("/accounts/login/", {"login": "my secret password@in the wrong field", "password": "s3cret"})
    client.post("/accounts/login/", {"login": NOBODY, "password": "s3cret"})

    [line] = AccountEvent.objects.filter(action=AccountEvent.Action.FAILED)
    assert (line.person, line.details) == (None, "password")
