"""What goes wrong on the way to a provider and back, and where a journey may end."""

from __future__ import annotations

import pytest

from tests.support.stand_in import (  # fmt: skip
    PROVIDERS,
    finish_login,
    fresh_limits,
    reader,
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
