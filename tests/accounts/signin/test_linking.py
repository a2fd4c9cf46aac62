"""Who may come into which account: the ways to take one over, each tried."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialToken
from django.contrib.sessions.models import Session
from django.test import Client

from tests.support.factories import make_user
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    PROVIDERS,
    choose,
    finish_login,
    fresh_limits,
    reader,
    stand_in,
    start_login,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("choice", ["nameless", "maria"])
def test_no_token_is_kept(client, provider, choice):
    finish_login(client, provider, choice)

    stored = str([session.get_decoded() for session in Session.objects.all()])
    assert "'token'" not in stored
    assert "access_token" not in stored
    assert not SocialToken.objects.exists()


@pytest.mark.parametrize("provider", [*PROVIDERS])
def test_a_code_counts_once(client, provider):
    there = choose(start_login(client, provider), "maria")
    client.get(there)
    again = Client()

    response = again.get(there)

    assert response.status_code == 400
    assert reader(again) is None


def test_a_code_from_somebody_elses_browser_counts_nothing(client):
    theirs = choose(start_login(Client(), "google"), "maria")

    response = client.get(theirs)

    assert response.status_code == 400
    assert reader(client) is None


def test_nobody_learns_whether_an_address_has_an_account(client):
    EmailAddress.objects.create(user=make_user(email=MARIA), email=MARIA, verified=True, primary=True)

    response = client.post(
        "/accounts/signup/", {"name": "A", "email": MARIA, "password1": "tumbling wheat bins"}
    )
    free = Client().post(
        "/accounts/signup/", {"name": "A", "email": "b@example.com", "password1": "tumbling wheat bins"}
    )

    assert (response.status_code, response.url) == (free.status_code, free.url)
