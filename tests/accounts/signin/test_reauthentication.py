"""Whoever has no password here shows anew that it is they, by a mailed code, before anything that matters."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from accounts.models import AccountEvent, DeletionRequest, User
from mail.models import QueuedEmail
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    choose,
    fresh_limits,
    mailed_code,
    reader,
    sign_in,
    stand_in,
    start_login,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]
AGAIN = "/accounts/me/again/"
NEW = "a heron at the weir"
DOORS = [
    ("get", "/accounts/me/data/", {}),
    ("get", "/accounts/me/leave/", {}),
    ("post", "/accounts/me/leave/", {}),
    ("post", "/accounts/email/", {"action_add": "", "email": "mine.too@example.com"}),
    ("get", "/accounts/password/set/", {}),
    ("post", "/accounts/password/set/", {"password1": NEW, "password2": NEW}),
    ("get", "/accounts/2fa/totp/activate/", {}),
    ("get", "/accounts/2fa/webauthn/add/", {}),
]  # fmt: skip


@pytest.fixture
def later(client):
    """Somebody who came by way of Google and has been here for a while."""
    sign_in(client, "google")
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        yield reader(client)


def type_a_code(client, next: str, code: str = ""):
    client.post(AGAIN, {"send": "1", "next": next})
    return client.post(AGAIN, {"code": code or mailed_code(), "next": next})


@pytest.mark.parametrize(("method", "path", "fields"), DOORS)
def test_what_matters_is_behind_a_mailed_code(client, later, method, path, fields):
    response = getattr(client, method)(path, fields)

    assert response.status_code == 302
    assert response.url.startswith(f"{AGAIN}?next=")
    assert not DeletionRequest.objects.exists()
    assert EmailAddress.objects.count() == 1
    assert not User.objects.get().has_usable_password()


def test_the_code_leads_on_to_what_was_begun(client, later):
    client.post("/accounts/me/leave/")

    response = type_a_code(client, "/accounts/me/leave/")

    assert response.status_code == 302
    assert DeletionRequest.objects.get().user == later


def test_the_code_leads_to_the_page_that_was_asked_for(client, later):
    client.get("/accounts/me/data/")

    assert type_a_code(client, "/accounts/me/data/").url == "/accounts/me/data/"
    assert client.get("/accounts/me/data/").status_code == 200


def test_asking_for_the_page_sends_no_email(client, later):
    page = client.get(AGAIN)

    assert page.status_code == 200
    assert not QueuedEmail.objects.exists()


def test_the_email_goes_to_the_address_of_the_account(client, later):
    client.post(AGAIN, {"send": "1", "email": "thief@example.com"})

    assert QueuedEmail.objects.get().to == MARIA


def test_three_wrong_codes_end_the_attempt(client, later):
    client.post(AGAIN, {"send": "1"})
    right = mailed_code()
    for _ in range(3):
        client.post(AGAIN, {"code": "WRONG-CODE"})

    client.post(AGAIN, {"code": right})

    assert client.get("/accounts/me/data/").status_code == 302
    assert AccountEvent.objects.filter(action=AccountEvent.Action.FAILED, person=later).count() == 3


def test_a_code_counts_once(client, later):
    type_a_code(client, "/accounts/me/")
    code = mailed_code()

    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        client.post(AGAIN, {"code": code})

        assert client.get("/accounts/me/data/").status_code == 302


def test_a_code_grows_too_old(client, later):
    client.post(AGAIN, {"send": "1"})
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        client.post(AGAIN, {"code": mailed_code()})

        assert client.get("/accounts/me/data/").status_code == 302


def test_a_code_of_another_session_counts_nothing(client, later):
    from django.test import Client

    other = Client()
    sign_in(other, "google")
    other.post(AGAIN, {"send": "1"})

    client.post(AGAIN, {"code": mailed_code()})

    assert client.get("/accounts/me/data/").status_code == 302


def test_nobody_has_codes_sent_all_day(client, later):
    responses = [client.post(AGAIN, {"send": "1"}).status_code for _ in range(6)]

    assert responses == [200] * 5 + [429]
    assert QueuedEmail.objects.count() == 5


def test_no_code_is_guessed_for_long(client, later):
    for _ in range(4):
        client.post(AGAIN, {"send": "1"})
        responses = [client.post(AGAIN, {"code": "WRONG-CODE"}).status_code for _ in range(3)]

    assert responses[-1] == 429


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_it_leads_to_no_other_site(client, later, elsewhere):
    assert type_a_code(client, elsewhere).url == "/accounts/me/"


def test_an_account_elsewhere_is_connected_and_removed_only_then(client, later):
    response = client.get(choose(start_login(client, "x", process="connect"), "maria"))
    assert client.get(response.url).url.startswith(AGAIN)
    assert SocialAccount.objects.count() == 1

    type_a_code(client, "/accounts/connections/")

    assert SocialAccount.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        client.post("/accounts/connections/", {"account": SocialAccount.objects.get(provider="x").pk})
        assert SocialAccount.objects.count() == 2


def test_who_just_came_in_is_not_asked(client):
    sign_in(client, "google")

    assert client.get("/accounts/me/data/").status_code == 200


def test_strangers_are_sent_to_sign_in(client):
    assert client.get(AGAIN).url.startswith("/accounts/login/")
    assert client.get("/accounts/me/data/").url.startswith("/accounts/login/")
