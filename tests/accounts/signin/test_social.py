"""Signing in with a provider, by the real library, over HTTP, against the stand-in."""

from __future__ import annotations

import pytest
from allauth.socialaccount.models import SocialAccount
from django.http import Http404

from accounts.models import User
from accounts.signin import social
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    PROVIDERS,
    finish_login,
    fresh_limits,
    mailed_code,
    reader,
    sign_in,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_signs_a_reader_in_and_back_to_where_they_were(client, provider):
    response = sign_in(client, provider, next="/about/?talk=2")

    assert response.status_code == 302
    assert response.url == "/about/?talk=2"
    assert reader(client).name == "Maria Alvarez"
    assert SocialAccount.objects.get().provider == provider


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_second_time_one_comes_straight_in(client, provider):
    sign_in(client, provider)
    client.logout()

    response = finish_login(client, provider, "maria")

    assert response.url == "/about/"
    assert User.objects.count() == 1
    assert reader(client)


@pytest.mark.parametrize("provider", ["microsoft", "facebook"])
def test_an_address_the_provider_does_not_vouch_for_is_proven_by_a_code(client, provider):
    response = finish_login(client, provider, "maria")

    assert response.url == "/accounts/connections/signup/"
    response = client.post(response.url, {"name": "Maria Alvarez", "email": MARIA})
    assert response.url == "/accounts/confirm-email/"
    assert reader(client) is None

    response = client.post(response.url, {"code": mailed_code()})

    assert response.url == "/about/"
    assert reader(client).email == MARIA


def test_a_wrong_code_lets_nobody_in(client):
    response = finish_login(client, "x", "dana")
    response = client.post(response.url, {"name": "Dana", "email": "dana@example.com"})

    client.post(response.url, {"code": "000-000"})

    assert reader(client) is None


def test_signing_out_needs_a_post(client):
    sign_in(client, "google")

    assert client.get("/accounts/logout/").status_code == 200
    assert reader(client)

    client.post("/accounts/logout/")
    assert reader(client) is None


def test_a_provider_without_credentials_is_not_offered(client, settings, rf):
    settings.SOCIALACCOUNT_PROVIDERS = {"google": settings.SOCIALACCOUNT_PROVIDERS["google"]}

    assert [offer.id for offer in social.provider_buttons()] == ["google"]
    assert client.post("/accounts/x/login/").status_code == 404
    assert client.get("/accounts/x/login/callback/?code=1&state=2").status_code == 404
    with pytest.raises(Http404):
        social.start_login(rf.post("/"), "x", return_path="/")


def test_offers_come_in_the_same_order_and_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        offers = social.provider_buttons()

    assert [offer.id for offer in offers] == PROVIDERS
    assert [offer.icon for offer in offers] == [*PROVIDERS[:-1], "openid"]
    assert offers[0].label == "Sign in with Google"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "about/", ""])
def test_a_room_cannot_send_readers_elsewhere(rf, client, elsewhere):
    request = client.get("/accounts/login/").wsgi_request

    with pytest.raises(ValueError, match="this site"):
        social.start_login(request, "google", return_path=elsewhere)
