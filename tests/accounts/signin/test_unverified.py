"""Whoever began an account with somebody's address keeps nobody out and comes in with nobody."""

from __future__ import annotations

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.signin import unverified
from mail.models import QueuedEmail
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    finish_login,
    fresh_limits,
    mailed_code,
    make_member,
    reader,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


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


def test_accounts_that_were_begun_and_never_proven_are_forgotten_after_days(client):
    response = finish_login(client, "x", "dana")
    client.post(response.url, {"name": "Dana Whitfield", "email": "dana@example.com"})
    make_member()

    assert unverified.delete_stale() == 0
    User.objects.update(date_joined=timezone.now() - unverified.MAX_AGE)
    assert unverified.delete_stale() == 1
    assert list(User.objects.values_list("email", flat=True)) == [MARIA]
