"""An operator is told which provider is offered, what is missing, and what to register."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from config import social_login
from tests.support.stand_in import stand_in

__all__ = ["stand_in"]


@pytest.fixture
def operator(settings, monkeypatch):
    """Set variables as an operator would; return what the command says."""

    def run(
        *options: str, demo: bool = False, base: str = "https://talk.example.org", **variables: str
    ) -> str:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        chosen = social_login.settings(port=8001, demo=demo, proxies=0)
        settings.SIGN_IN_PROVIDERS, settings.BASE_URL = chosen["SIGN_IN_PROVIDERS"], base
        out = StringIO()
        call_command("check_sign_in", *options, stdout=out)
        return out.getvalue()

    return run


def district(number: int, server: str = "https://login.northern.example") -> dict[str, str]:
    prefix = f"OIDC_{number}"
    return {f"{prefix}_CLIENT_ID": "id", f"{prefix}_CLIENT_SECRET": "secret", f"{prefix}_SERVER_URL": server}


def test_missing_variables_are_named(operator):
    output = operator(GOOGLE_CLIENT_ID="id", GOOGLE_CLIENT_SECRET="secret")

    assert "Google (google): offered" in output
    assert "X (x): not offered: set X_CLIENT_ID, X_CLIENT_SECRET" in output
    assert "OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_SERVER_URL" in output
    assert "secret" not in output.replace("CLIENT_SECRET", "")


def test_the_address_to_register_is_told_in_full(operator):
    assert "https://talk.example.org/accounts/wordpress/login/callback/" in operator()


def test_an_offer_of_nothing_is_output_so(operator):
    assert "No provider is offered" in operator()


def test_the_stand_in_is_called_what_it_is(operator):
    assert "Google (google): offered, played by the demo's stand-in" in operator(demo=True)


def test_a_base_url_without_https_is_an_error(operator):
    with pytest.raises(CommandError, match="https addresses only"):
        operator(base="http://talk.example.org")


def test_a_server_that_does_not_respond_is_an_error(operator):
    with pytest.raises(CommandError, match=r"OpenID Connect: \S+ did not respond"):
        operator("--ask", **district(1, "http://127.0.0.1:1"))


@pytest.mark.parametrize(("folder", "problem"), [("/broken", "did not respond"), ("", "did not respond")])
def test_a_server_with_a_malformed_configuration_is_an_error(operator, stand_in, folder, problem):
    with pytest.raises(CommandError, match=problem):
        operator("--ask", **district(1, stand_in.base + folder))


def test_a_server_with_a_complete_configuration_is_none(operator, stand_in):
    output = operator(
        "--ask", **district(2, f"{stand_in.base}/openid_connect"), OIDC_2_NAME="Northern District"
    )

    assert "Northern District (oidc-2): offered" in output


def chosen(**variables: str) -> dict:
    return social_login.settings(port=8001, demo=False, proxies=0)["SOCIALACCOUNT_PROVIDERS"]


def test_several_districts_stand_beside_each_other(monkeypatch):
    for name, value in {**district(2, "https://two.example"), **district(11), "OIDC_2_NAME": "Two"}.items():
        monkeypatch.setenv(name, value)

    apps = chosen()["openid_connect"]["APPS"]

    assert [(app["provider_id"], app["name"]) for app in apps] == [
        ("oidc-2", "Two"),
        ("oidc-11", "OpenID Connect"),
    ]
    assert social_login.form_targets(port=8001, demo=False) == [
        "https://two.example",
        "https://login.northern.example",
    ]


def test_half_of_a_districts_variables_stop_the_start(monkeypatch):
    monkeypatch.setenv("OIDC_4_CLIENT_SECRET", "secret")

    with pytest.raises(ImproperlyConfigured, match="OIDC_4_CLIENT_ID"):
        chosen()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OIDC_4_SERVER_URL", "http://login.northern.example"),
        ("OIDC_4_LOGO", "https://northern.example/sign.svg"),
        ("OIDC_4_LOGO", "//northern.example/sign.svg"),
    ],
)
def test_what_would_travel_in_the_open_or_call_elsewhere_stops_the_start(monkeypatch, variable, value):
    for name, text in {**district(4), variable: value}.items():
        monkeypatch.setenv(name, text)

    with pytest.raises(ImproperlyConfigured, match=variable):
        chosen()
