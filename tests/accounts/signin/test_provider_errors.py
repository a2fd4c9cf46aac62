"""What goes wrong on the way to a provider and back, and where a journey may end."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.support.stand_in import (  # fmt: skip
    MARIA,
    PROVIDERS,
    finish_login,
    fresh_limits,
    make_member,
    reader,
    sign_in,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_saying_no_is_answered_kindly(client, provider):
    response = finish_login(client, provider, "denied", next="/blog/")

    assert response.status_code == 200
    assert 'href="/blog/"' in response.content.decode()
    assert reader(client) is None


MISHAPS = ["expired", "wrong-state", "unknown-error", "error", "broken", "incomplete"]


@pytest.mark.parametrize("mishap", MISHAPS)
@pytest.mark.parametrize("provider", PROVIDERS)
def test_whatever_goes_wrong_there_is_a_page_and_a_way_back(client, provider, mishap):
    response = finish_login(client, provider, mishap, next="/blog/")

    assert response.status_code == 400
    assert 'href="/blog/"' in response.content.decode()
    assert reader(client) is None


def test_a_provider_that_takes_too_long_is_not_waited_for(client, settings):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.5

    response = finish_login(client, "google", "slow")

    assert response.status_code == 400


@pytest.mark.parametrize("server", ["http://127.0.0.1:1", "{stand_in}/broken", "{stand_in}/nowhere"])
def test_an_openid_connect_server_that_is_gone_is_said_so(client, settings, server):
    entry = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    app = {
        **entry["APPS"][0],
        "settings": {"server_url": server.format(stand_in=f"http://127.0.0.1:{settings.STAND_IN_PORT}")},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        **settings.SOCIALACCOUNT_PROVIDERS,
        "openid_connect": {**entry, "APPS": [app]},
    }

    response = client.post("/accounts/openid_connect/login/", {"next": "/blog/"})

    assert response.status_code == 400
    assert 'href="/blog/"' in response.content.decode()


@pytest.mark.parametrize("choice", ["maria", "denied", "broken", "wrong-state"])
def test_a_draft_in_the_session_survives_the_journey(client, choice):
    session = client.session
    session["draft"] = "What about the smaller districts?"
    session.save()
    client.cookies["colloquy_session"] = session.session_key

    finish_login(client, "google", choice)

    assert client.session["draft"] == "What about the smaller districts?"


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


def test_a_link_alone_begins_no_journey(client):
    response = client.get("/accounts/google/login/?next=/blog/")

    assert response.status_code == 200
    assert "<form" in response.content.decode()


def test_a_strangers_page_cannot_press_the_button():
    careful = Client(enforce_csrf_checks=True)

    assert careful.post("/accounts/google/login/").status_code == 403
