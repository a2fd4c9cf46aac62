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
    stem = f"OIDC_{number}"
    return {f"{stem}_CLIENT_ID": "id", f"{stem}_CLIENT_SECRET": "secret", f"{stem}_SERVER_URL": server}


def test_missing_variables_are_named(operator):
    said = operator(GOOGLE_CLIENT_ID="id", GOOGLE_CLIENT_SECRET="secret")

    assert "Google (google): offered" in said
    assert "X (x): not offered; set X_CLIENT_ID, X_CLIENT_SECRET" in said
    assert "OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_SERVER_URL" in said
    assert "secret" not in said.replace("CLIENT_SECRET", "")


def test_the_address_to_register_is_told_in_full(operator):
    assert "https://talk.example.org/accounts/wordpress/login/callback/" in operator()


def test_an_offer_of_nothing_is_said_so(operator):
    assert "No provider is offered" in operator()


def test_the_stand_in_is_called_what_it_is(operator):
    assert "Google (google): played by the stand-in" in operator(demo=True)


def test_an_address_without_https_is_a_trouble(operator):
    with pytest.raises(CommandError, match="https addresses only"):
        operator(base="http://talk.example.org")


def test_a_server_that_does_not_answer_is_a_trouble(operator):
    with pytest.raises(CommandError, match=r"OpenID Connect: \S+ does not answer"):
        operator("--ask", **district(1, "http://127.0.0.1:1"))


@pytest.mark.parametrize(("folder", "trouble"), [("/broken", "does not answer"), ("", "does not answer")])
def test_a_server_that_answers_nonsense_is_a_trouble(operator, stand_in, folder, trouble):
    with pytest.raises(CommandError, match=trouble):
        operator("--ask", **district(1, stand_in.base + folder))


def test_a_server_that_answers_well_is_none(operator, stand_in):
    said = operator(
        "--ask", **district(2, f"{stand_in.base}/openid_connect"), OIDC_2_NAME="Northern District"
    )

    assert "Northern District (oidc-2): offered" in said


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
    for name, given in {**district(4), variable: value}.items():
        monkeypatch.setenv(name, given)

    with pytest.raises(ImproperlyConfigured, match=variable):
        chosen()
