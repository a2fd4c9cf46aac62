"""A reader's own page, and every screen of the account."""

from __future__ import annotations

import pytest
from allauth.socialaccount.models import SocialAccount

from accounts.signin import social
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    finish_login,
    fresh_limits,
    make_member,
    reader,
    sign_in,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


def test_the_site_says_what_one_signed_in_with(client, rf):
    sign_in(client, "wordpress")
    page = client.get("/accounts/me/")

    assert page.context["signed_in_with"] == "WordPress.com"
    assert "Maria Alvarez" in page.content.decode()


def test_a_password_is_no_provider(client):
    member = make_member()
    client.post("/accounts/login/", {"login": MARIA, "password": "tumbling wheat bins"})

    assert reader(client) == member
    assert client.get("/accounts/me/").context["signed_in_with"] is None


def test_signing_out_to_change_accounts_can_keep_the_draft(client):
    sign_in(client, "google")
    request = client.get("/accounts/me/").wsgi_request
    request.session["draft"], request.session["secret"] = "half a thought", "mine"

    social.sign_out(request, preserve=["draft"])

    assert dict(request.session.items()) == {"draft": "half a thought"}
    assert not request.user.is_authenticated


def test_a_second_provider_is_connected_and_taken_away_again(client):
    sign_in(client, "google")
    maria = reader(client)

    finish_login(client, "x", "maria", process="connect", next="/accounts/connections/")
    assert {offer.id for offer, _ in social.connected_accounts(maria)} == {"google", "x"}

    page = client.get("/accounts/connections/")
    assert page.status_code == 200
    client.post("/accounts/connections/", {"account": SocialAccount.objects.get(provider="x").pk})
    assert [offer.id for offer, _ in social.connected_accounts(maria)] == ["google"]


SCREENS = [
    "login/", "signup/", "password/reset/", "password/reset/done/", "connections/login/cancelled/",
    "connections/login/error/", "google/login/", "inactive/",
]  # fmt: skip
MEMBERS_SCREENS = [
    "me/", "me/about/", "me/portrait/", "me/sessions/", "me/organization/", "me/leave/",
    "email/", "password/set/", "connections/", "2fa/", "2fa/totp/activate/",
    "2fa/webauthn/", "2fa/webauthn/add/", "logout/", "google/login/?process=connect",
]  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_stands_in_our_frame_and_is_kept_by_nobody(client, screen):
    response = client.get(f"/accounts/{screen}")

    page = response.content.decode()
    assert response.status_code in (200, 401)
    assert 'class="skip-link"' in page
    assert page.count("<h1") == 1
    assert "style=" not in page
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("screen", MEMBERS_SCREENS)
def test_every_members_screen_does_too(client, screen):
    sign_in(client, "google")

    test_every_screen_stands_in_our_frame_and_is_kept_by_nobody(client, screen)
