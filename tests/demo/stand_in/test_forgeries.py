"""The stand-in lies on demand, and people's accounts change as they do in life."""

from __future__ import annotations

import json

import jwt
import pytest

from demo.stand_in.endpoints import PATHS, client_id
from demo.stand_in.people import person_by_id
from demo.stand_in.responses import Request
from tests.demo.stand_in.test_provider import BASE, authorization_parameters, exchange, oauth, press

__all__ = ["oauth"]


def test_forgeries_are_offered_where_there_is_something_to_forge(oauth):
    pages = {
        provider: oauth.respond(
            provider, "authorize", Request("GET", "/", authorization_parameters(provider))
        ).body
        for provider in PATHS
    }

    offering = {provider for provider, page in pages.items() if 'value="forged"' in page}
    assert offering == {"google", "openid_connect"}


@pytest.mark.parametrize("forgery", ["forged", "unsigned", "stale", "other-site", "other-server"])
def test_a_forged_token_is_one_that_a_careful_reader_refuses(oauth, forgery):
    key = jwt.PyJWKSet.from_dict(oauth.signer.key_set()).keys[0].key
    response = json.loads(exchange(oauth, press(oauth, forgery, nonce="n")["code"][0]).body)

    with pytest.raises(jwt.PyJWTError):
        jwt.decode(
            response["id_token"],
            key,
            algorithms=["RS256"],
            audience=client_id("google"),
            issuer=f"{BASE}/google",
        )


@pytest.mark.parametrize("provider", ["google", "openid_connect"])
def test_both_that_sign_publish_where_and_with_what(oauth, provider):
    body = json.loads(oauth.respond(provider, "discovery", Request("GET", "/")).body)

    assert body["issuer"] == f"{BASE}/{provider}"
    assert body["jwks_uri"] == BASE + PATHS[provider]["keys"]


def test_a_person_whose_address_changes_keeps_the_number():
    maria, moved, namesake = (person_by_id(id) for id in ("maria", "moved", "namesake"))

    assert maria.account_id("google") == moved.account_id("google") != namesake.account_id("google")
    assert maria.email == namesake.email != moved.email
