"""Which providers are on offer, as the environment has it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import social_login

STEMS = ["GOOGLE", "MICROSOFT", "FACEBOOK", "X", "WORDPRESS", "OIDC"]


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for stem in STEMS:
        for word in ("CLIENT_ID", "CLIENT_SECRET", "SERVER_URL", "NAME"):
            monkeypatch.delenv(f"{stem}_{word}", raising=False)
    return monkeypatch


@pytest.fixture
def credentials(bare):
    """Give a provider credentials."""

    def give(stem: str, **others: str) -> None:
        for word, value in {"CLIENT_ID": "id", "CLIENT_SECRET": "secret", **others}.items():
            bare.setenv(f"{stem}_{word}", value)

    return give


def providers(*, demo: bool = False) -> dict:
    return social_login.settings(port=8001, demo=demo, proxies=0)["SOCIALACCOUNT_PROVIDERS"]


def test_without_credentials_nothing_is_offered():
    assert providers() == {}
    assert social_login.form_targets(port=8001, demo=False) == []


def test_what_has_credentials_is_offered_and_nothing_else(credentials):
    credentials("WORDPRESS")
    credentials("GOOGLE")

    assert list(providers()) == ["google", "wordpress"]
    assert social_login.form_targets(port=8001, demo=False) == [
        "https://accounts.google.com", "https://public-api.wordpress.com", "https://wordpress.com",
    ]  # fmt: skip


@pytest.mark.parametrize("half", ["CLIENT_ID", "CLIENT_SECRET"])
def test_half_a_pair_stops_the_start_and_names_the_variables(bare, half):
    bare.setenv(f"X_{half}", "something")

    with pytest.raises(ImproperlyConfigured, match="X_CLIENT_ID and X_CLIENT_SECRET"):
        providers()


def test_the_demo_offers_all_and_sends_browsers_to_the_stand_in_alone():
    offered = providers(demo=True)

    assert list(offered) == ["google", "microsoft", "facebook", "x", "wordpress", "openid_connect"]
    assert social_login.form_targets(port=8001, demo=True) == ["http://127.0.0.1:8001"]
    assert "https:" not in str(offered)
    assert offered["x"]["AUTHORIZE_URL"] == "http://127.0.0.1:8001/x/i/oauth2/authorize"


def test_real_credentials_keep_real_addresses_in_the_demo(credentials):
    credentials("GOOGLE")

    offered = providers(demo=True)

    assert "AUTHORIZE_URL" not in offered["google"]
    assert offered["google"]["APPS"][0]["client_id"] == "id"
    assert social_login.form_targets(port=8001, demo=True) == [
        "https://accounts.google.com",
        "http://127.0.0.1:8001",
    ]


def test_a_districts_server_is_named_and_placed_by_the_environment(credentials):
    credentials("OIDC", SERVER_URL="https://login.district.example/realms/staff/", NAME="Northern District")

    app = providers()["openid_connect"]["APPS"][0]

    assert app["name"] == "Northern District"
    assert app["settings"]["server_url"] == "https://login.district.example/realms/staff"
    assert social_login.form_targets(port=8001, demo=False) == ["https://login.district.example"]


@pytest.mark.parametrize("address", ["", "login.district.example", "ftp://login.district.example"])
def test_a_districts_server_without_an_address_stops_the_start(credentials, address):
    credentials("OIDC", SERVER_URL=address)

    with pytest.raises(ImproperlyConfigured, match="OIDC_SERVER_URL"):
        providers()


@pytest.mark.parametrize("id", ["google", "microsoft", "x", "wordpress", "openid_connect"])
def test_codes_are_bound_to_the_browser_that_asked(id):
    assert providers(demo=True)[id]["OAUTH_PKCE_ENABLED"] is True


def test_the_number_of_proxies_is_told_to_the_library():
    assert social_login.settings(port=8001, demo=True, proxies=2)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2


def test_an_address_alone_signs_nobody_in_and_tokens_are_not_kept():
    chosen = social_login.settings(port=8001, demo=False, proxies=0)

    assert chosen["SOCIALACCOUNT_EMAIL_AUTHENTICATION"] is False
    assert chosen["SOCIALACCOUNT_STORE_TOKENS"] is False
    assert chosen["SOCIALACCOUNT_LOGIN_ON_GET"] is False
    assert chosen["ACCOUNT_LOGOUT_ON_GET"] is False
    assert chosen["ACCOUNT_EMAIL_VERIFICATION"] == "mandatory"
