"""What the library's security notices told of over the years, tried here, as we have set it up."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from accounts.management.commands.check_sign_in import callback_url
from accounts.models import User
from tests.support import two_step
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    PASSWORD,
    PROVIDERS,
    SITE,
    choose,
    finish_login,
    fresh_limits,
    make_member,
    reader,
    sign_in,
    stand_in,
    start_login,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


@pytest.mark.parametrize("state", [None, "", "somebody-elses"])
@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_provider_is_believed_without_the_state_it_was_given(client, provider, state):
    address = choose(start_login(client, provider), "maria")
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    parameters = {**query, "state": state} if state is not None else {"code": query["code"]}

    response = client.get(f"{urlsplit(address).path}?{urlencode(parameters)}")

    assert response.status_code == 400
    assert reader(client) is None
    assert not User.objects.exists()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_provider_is_told_the_address_that_was_registered_with_it_and_no_other(client, provider):
    there = parse_qs(urlsplit(start_login(client, provider)).query)

    assert there["redirect_uri"] == [callback_url(provider).replace(settings.BASE_URL, SITE)]


@pytest.mark.parametrize("password", ["", " ", "!"])
def test_an_account_without_a_password_is_opened_by_none(client, password):
    sign_in(client, "google")
    thief = Client()

    thief.post("/accounts/login/", {"login": MARIA, "password": password})

    assert not User.objects.get().has_usable_password()
    assert reader(thief) is None


def test_signing_in_to_ones_own_account_gives_no_more_tries_at_anothers():
    make_member()
    make_member("thief@example.com")
    thief = Client(REMOTE_ADDR="203.0.113.66")
    tries = [
        thief.post("/accounts/login/", {"login": f"victim{number}@example.com", "password": "guess"})
        for number in range(10)
    ]

    thief.post("/accounts/login/", {"login": "thief@example.com", "password": PASSWORD})
    thief.post("/accounts/logout/")
    stopped = thief.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})

    assert "Too many" not in tries[0].content.decode()
    assert "Too many" in stopped.content.decode()
    assert reader(thief) is None


@pytest.mark.parametrize("path", ["totp/activate/", "webauthn/add/"])
def test_nobody_locks_an_address_that_is_not_theirs_behind_a_second_factor(client, path):
    sign_in(client, "google")
    EmailAddress.objects.create(user=reader(client), email="victim@example.com", verified=False)

    response = client.get(f"/accounts/2fa/{path}")

    assert response.status_code == 302
    assert two_step.stored_secrets() == "[]"


def test_giving_up_half_way_leaves_nothing_to_go_on_with(client):
    two_step.add_app(make_member())
    client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})
    client.post("/accounts/logout/")

    client.post("/accounts/2fa/authenticate/", {"code": two_step.app_code()})

    assert reader(client) is None


def test_a_link_that_sets_a_password_does_not_stand_in_the_address_for_others_to_read(client):
    make_member()
    client.post("/accounts/password/reset/", {"email": MARIA})
    from mail.models import QueuedEmail

    link = next(word for word in QueuedEmail.objects.get().text.split() if "/reset/key/" in word)
    response = client.get(urlsplit(link).path)

    assert response.url.endswith("-set-password/")
    assert Client().get(response.url).context.get("token_fail")


def test_a_new_main_address_counts_only_once_it_is_proven(client):
    sign_in(client, "google")
    client.post("/accounts/email/", {"action_add": "", "email": "victim@example.com"})

    client.post("/accounts/email/", {"action_primary": "", "email": "victim@example.com"})

    assert User.objects.get().email == MARIA


def test_what_was_not_asked_of_the_person_does_not_come_back_signed_in(client):
    """A journey begun to connect an account never ends in signing somebody else in."""
    sign_in(client, "google")
    maria = reader(client)

    finish_login(client, "x", "dana", process="connect")

    assert reader(client) == maria
    assert User.objects.count() == 1
