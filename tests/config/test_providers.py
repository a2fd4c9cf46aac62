"""What is particular to each sign-in provider that the site knows."""

from __future__ import annotations

import pytest

from config.providers import APPS, NUMBERED, OPENID_CONNECT, PROVIDERS, Provider


def test_a_provider_is_offered_by_its_own_two_variables():
    google = next(provider for provider in PROVIDERS if provider.id == "google")

    assert google.variables == ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"]
    assert len({provider.env_prefix for provider in PROVIDERS}) == len(PROVIDERS)


def test_a_server_of_ones_own_needs_its_address_too():
    district = Provider(id="north", env_prefix="OIDC_2", name="North", app=OPENID_CONNECT)

    assert district.variables == ["OIDC_2_CLIENT_ID", "OIDC_2_CLIENT_SECRET", "OIDC_2_SERVER_URL"]
    assert OPENID_CONNECT in APPS


@pytest.mark.parametrize(("variable", "is_numbered"), [
    ("OIDC_1_CLIENT_ID", True),
    ("OIDC_99_SERVER_URL", True),
    ("OIDC_0_CLIENT_ID", False),
    ("OIDC_100_CLIENT_ID", False),
    ("OIDC_1_NAME", False),
    ("OIDC_CLIENT_ID", False),
])  # fmt: skip
def test_further_servers_are_numbered_from_1_to_99(variable, is_numbered):
    assert bool(NUMBERED.fullmatch(variable)) is is_numbered
