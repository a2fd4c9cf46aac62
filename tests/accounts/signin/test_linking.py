"""Who may come into which account: the ways to take one over, each tried."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.signin import unverified
from mail.models import QueuedEmail
from tests.support.factories import make_user
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    PROVIDERS,
    choose,
    finish_login,
    fresh_limits,
    mailed_code,
    make_member,
    reader,
    stand_in,
    start_login,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


def test_an_unverified_address_never_opens_somebody_elses_account(client):
    make_member()

    response = finish_login(client, "facebook", "maria")
    response = client.post(response.url, {"name": "Not Maria", "email": MARIA})

    assert response.url == "/accounts/confirm-email/"
    assert reader(client) is None
    assert not SocialAccount.objects.exists()
    email = QueuedEmail.objects.get()
    assert email.to == MARIA
    assert "account with this address already exists" in email.text
    assert not QueuedEmail.objects.filter(text__contains="Not Maria").exists()


def test_a_verified_address_joins_the_account_that_has_it_only_after_a_code(client):
    maria = make_member(name="M. Alvarez")

    response = finish_login(client, "google", "maria", next="/blog/")
    assert response.url == "/accounts/login/code/confirm/"
    assert reader(client) is None
    assert not SocialAccount.objects.exists()

    response = client.post(response.url, {"code": mailed_code()})

    assert response.url == "/blog/"
    assert reader(client) == maria
    assert SocialAccount.objects.get().user == maria
    assert maria.name == "M. Alvarez"


def test_after_joining_the_provider_opens_the_account_without_a_code(client):
    maria = make_member()
    response = finish_login(client, "google", "maria")
    client.post(response.url, {"code": mailed_code()})
    client.logout()

    response = finish_login(client, "google", "maria")

    assert response.url == "/about/"
    assert reader(client) == maria


def test_whoever_signed_up_with_a_strangers_address_does_not_wait_behind_the_address(client):
    squatter = Client()
    response = finish_login(squatter, "x", "thomas")
    squatter.post(response.url, {"name": "Squatter", "email": MARIA})
    assert SocialAccount.objects.filter(provider="x").exists()

    response = finish_login(client, "google", "maria")
    client.post(response.url, {"code": mailed_code()})

    assert reader(client).email == MARIA
    assert list(SocialAccount.objects.values_list("provider", flat=True)) == ["google"]


def test_setting_a_password_by_email_takes_away_what_a_stranger_connected(client):
    squatter = Client()
    response = finish_login(squatter, "x", "thomas")
    squatter.post(response.url, {"name": "Squatter", "email": MARIA})

    client.post("/accounts/password/reset/", {"email": MARIA})
    email = QueuedEmail.objects.latest("pk").text
    there = next(word for word in email.split() if "/password/reset/key/" in word)
    form = client.get(there, follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "tumbling wheat bins", "password2": "tumbling wheat bins"}
    )

    assert User.objects.get().has_usable_password()
    assert not SocialAccount.objects.exists()


def test_starting_over_forgets_the_mistyped_address(client):
    response = finish_login(client, "x", "dana")
    client.post(response.url, {"name": "Dana Whitfield", "email": "dnaa@example.com"})

    response = client.post("/accounts/start-over/")

    assert response.url == "/accounts/login/?next=%2Fabout%2F"
    assert not User.objects.exists()
    assert client.get("/accounts/login/").status_code == 200


def test_starting_over_looks_the_same_where_the_address_has_an_account(client):
    member = make_member("dana@example.com")
    response = finish_login(client, "x", "dana")
    client.post(response.url, {"name": "Dana Whitfield", "email": "dana@example.com"})
    page = client.get("/accounts/confirm-email/").content.decode()

    response = client.post("/accounts/start-over/")

    assert "/accounts/start-over/" in page
    assert response.url == "/accounts/login/?next=%2Fabout%2F"
    assert User.objects.get() == member


def test_the_word_false_is_no_verification(client, monkeypatch):
    from demo.stand_in import profiles

    original_claims = profiles.claims
    monkeypatch.setattr(
        profiles, "claims", lambda *about: {**original_claims(*about), "email_verified": "false"}
    )
    make_member()

    response = finish_login(client, "openid_connect", "maria")

    assert response.url == "/accounts/connections/signup/"


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


def test_accounts_that_were_begun_and_never_proven_are_forgotten_after_days(client):
    response = finish_login(client, "x", "dana")
    client.post(response.url, {"name": "Dana Whitfield", "email": "dana@example.com"})
    make_member()

    assert unverified.delete_stale() == 0
    User.objects.update(date_joined=timezone.now() - unverified.MAX_AGE)
    assert unverified.delete_stale() == 1
    assert list(User.objects.values_list("email", flat=True)) == [MARIA]


def test_nobody_learns_whether_an_address_has_an_account(client):
    EmailAddress.objects.create(user=make_user(email=MARIA), email=MARIA, verified=True, primary=True)

    response = client.post(
        "/accounts/signup/", {"name": "A", "email": MARIA, "password1": "tumbling wheat bins"}
    )
    free = Client().post(
        "/accounts/signup/", {"name": "A", "email": "b@example.com", "password1": "tumbling wheat bins"}
    )

    assert (response.status_code, response.url) == (free.status_code, free.url)


def test_whoever_sets_out_too_often_waits(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"social_login": "2/m/ip"}
    statuses = [client.post("/accounts/google/login/").status_code for _ in range(3)]

    assert statuses == [302, 302, 429]
    assert client.post("/accounts/google/login/")["Retry-After"] == "60"
