"""Who comes into which account, and where a journey may lead."""

from __future__ import annotations

import pytest
from allauth.socialaccount.models import SocialAccount

from mail.models import QueuedEmail
from tests.support.stand_in import (
    MARIA,
    finish_login,
    fresh_limits,
    mailed_code,
    make_member,
    reader,
    sign_in,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "http://127.0.0.1:8000/",
        "javascript:alert(1)",
        "\t//evil.example",
    ],
)
def test_a_journey_never_ends_on_another_site(client, elsewhere):
    response = sign_in(client, "google", next=elsewhere)

    assert response.url == "/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_a_password_leads_nowhere_else_either(client, elsewhere):
    make_member()

    response = client.post(
        "/accounts/login/", {"login": MARIA, "password": "tumbling wheat bins", "next": elsewhere}
    )

    assert response.status_code == 302
    assert response.url == "/"


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


def test_the_word_false_is_no_verification(client, monkeypatch):
    from demo.stand_in import profiles

    original_claims = profiles.claims
    monkeypatch.setattr(
        profiles, "claims", lambda *about: {**original_claims(*about), "email_verified": "false"}
    )
    make_member()

    response = finish_login(client, "openid_connect", "maria")

    assert response.url == "/accounts/connections/signup/"
