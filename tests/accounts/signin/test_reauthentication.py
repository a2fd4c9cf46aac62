"""Whoever has no password here shows anew that it is they, by a mailed code, before anything that matters."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from accounts.models import DeletionRequest, User
from tests.support.reauthentication import AGAIN, type_a_code
from tests.support.stand_in import (  # fmt: skip
    choose,
    fresh_limits,
    sign_in,
    stand_in,
    start_login,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]
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


@pytest.mark.parametrize(("method", "path", "fields"), DOORS)
def test_what_matters_is_behind_a_mailed_code(client, later, method, path, fields):
    response = getattr(client, method)(path, fields)

    assert response.status_code == 302
    assert response.url.startswith(f"{AGAIN}?next=")
    assert not DeletionRequest.objects.exists()
    assert EmailAddress.objects.count() == 1
    assert not User.objects.get().has_usable_password()


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
