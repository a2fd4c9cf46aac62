"""The way to a provider begins with a button, and can be started over."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from tests.support.stand_in import finish_login, fresh_limits, make_member, stand_in

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


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


def test_whoever_sets_out_too_often_waits(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"social_login": "2/m/ip"}
    statuses = [client.post("/accounts/google/login/").status_code for _ in range(3)]

    assert statuses == [302, 302, 429]
    assert client.post("/accounts/google/login/")["Retry-After"] == "60"


def test_a_link_alone_begins_no_journey(client):
    response = client.get("/accounts/google/login/?next=/blog/")

    assert response.status_code == 200
    assert "<form" in response.content.decode()


def test_a_strangers_page_cannot_press_the_button():
    careful = Client(enforce_csrf_checks=True)

    assert careful.post("/accounts/google/login/").status_code == 403
