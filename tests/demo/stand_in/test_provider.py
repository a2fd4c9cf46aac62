"""The stand-in plays the providers as strictly as they are, and only on this machine."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import threading
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import requests

from demo.stand_in.endpoints import NAMES, PATHS, client_id, client_secret
from demo.stand_in.people import FAILURES, PEOPLE
from demo.stand_in.provider import Provider, site_origins
from demo.stand_in.responses import Request
from demo.stand_in.server import Router, StandIn
from demo.stand_in.ttl_store import TTLStore
from tests.support.paths import ROOT

SITE = "http://127.0.0.1:8000"
BASE = "http://127.0.0.1:8001"
BACK = f"{SITE}/accounts/google/login/callback/"
VERIFIER = "a-verifier-of-some-length-that-nobody-guesses"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def oauth() -> Provider:
    return Provider(BASE, [SITE], slow=0)


@pytest.fixture(scope="module")
def running():
    server = StandIn("127.0.0.1", 0, sites=[SITE])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def authorization_parameters(provider: str = "google", **others: str) -> dict[str, str]:
    """What the site asks for when it sends a browser."""
    return {
        "client_id": client_id(provider),
        "redirect_uri": BACK,
        "response_type": "code",
        "state": "the-state",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **others,
    }


def press(oauth: Provider, choice: str, provider: str = "google", **others: str) -> dict[str, list[str]]:
    """Choose somebody; return what the browser carries back."""
    site_request = Request(
        "POST", PATHS[provider]["authorize"], authorization_parameters(provider, **others), {"choice": choice}
    )
    response = oauth.respond(provider, "authorize", site_request)
    assert response.status == HTTPStatus.SEE_OTHER
    return parse_qs(urlsplit(response.location).query)


def exchange(oauth: Provider, code: str, provider: str = "google", **others: str):
    """Ask for a token as the site does."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "client_id": client_id(provider),
        "client_secret": client_secret(provider),
        "code_verifier": VERIFIER,
        **others,
    }
    path = PATHS[provider]["token"]
    return oauth.respond(provider, "token", Request("POST", path, form=form))


@pytest.mark.parametrize("provider", PATHS)
def test_the_page_says_plainly_whom_it_stands_in_for(oauth, provider):
    page = oauth.respond(provider, "authorize", Request("GET", "/", authorization_parameters(provider)))

    assert page.status == HTTPStatus.OK
    assert f"Stand-in for {NAMES[provider]}" in page.body
    assert "No real provider or account is used" in " ".join(page.body.split())
    assert all(f'value="{one.id}"' in page.body for one in [*PEOPLE, *FAILURES])
    assert "<script" not in page.body
    assert "style=" not in page.body


@pytest.mark.parametrize(
    "others",
    [
        {"client_id": "somebody-else"},
        {"redirect_uri": "https://evil.example/accounts/google/login/callback/"},
        {"redirect_uri": "http://127.0.0.1:8000.evil.example/accounts/google/login/callback/"},
        {"redirect_uri": "http://127.0.0.1:9/accounts/google/login/callback/"},
        {"redirect_uri": f"{SITE}/elsewhere/"},
        {"redirect_uri": ""},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_site_requestthat_is_not_the_sites_is_never_sent_back(oauth, method, others):
    site_request = Request(method, "/", authorization_parameters(**others), {"choice": "maria"})

    response = oauth.respond("google", "authorize", site_request)

    assert response.status == HTTPStatus.BAD_REQUEST
    assert not response.location


def test_x_wants_a_challenge(oauth):
    response = oauth.respond(
        "x", "authorize", Request("GET", "/", authorization_parameters("x", code_challenge=""))
    )

    assert response.status == HTTPStatus.BAD_REQUEST


def test_one_loopback_name_stands_for_all():
    assert site_origins([SITE]) == {SITE, "http://localhost:8000", "http://[::1]:8000"}
    assert site_origins(["https://www.example.org"]) == {"https://www.example.org"}


def test_state_comes_back_unless_that_is_what_goes_wrong(oauth):
    assert press(oauth, "maria")["state"] == ["the-state"]
    assert press(oauth, "wrong-state")["state"] != ["the-state"]
    assert press(oauth, "denied")["error"] == ["access_denied"]


def test_what_a_page_is_sent_is_escaped(oauth):
    page = oauth.respond(
        "google",
        "authorize",
        Request("GET", "/", authorization_parameters(state='"><script>alert(1)</script>')),
    )

    assert "<script>" not in page.body


def test_a_code_gives_a_token_once(oauth):
    code = press(oauth, "maria")["code"][0]

    assert exchange(oauth, code).status == HTTPStatus.OK
    assert exchange(oauth, code).status == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ({"client_secret": "guessed"}, HTTPStatus.UNAUTHORIZED),
        ({"client_id": "somebody-else"}, HTTPStatus.UNAUTHORIZED),
        ({"code_verifier": "another"}, HTTPStatus.BAD_REQUEST),
        ({"code_verifier": ""}, HTTPStatus.BAD_REQUEST),
        ({"redirect_uri": f"{SITE}/accounts/x/login/callback/"}, HTTPStatus.BAD_REQUEST),
        ({"code": "invented"}, HTTPStatus.BAD_REQUEST),
        ({"grant_type": "password"}, HTTPStatus.BAD_REQUEST),
    ],
)
def test_whoever_is_not_the_site_gets_no_token(oauth, others, status):
    code = press(oauth, "maria")["code"][0]

    assert exchange(oauth, **{"code": code, **others}).status == status


def test_a_code_of_one_provider_is_none_of_anothers(oauth):
    code = press(oauth, "maria", "wordpress")["code"][0]

    assert exchange(oauth, code, "google").status == HTTPStatus.BAD_REQUEST


def test_a_code_grows_too_old(oauth):
    assert exchange(oauth, press(oauth, "expired")["code"][0]).status == HTTPStatus.BAD_REQUEST


def test_a_store_drops_the_oldest_item_and_expired_ones():
    full, short = TTLStore(max_items=2, ttl=60), TTLStore(max_items=2, ttl=0)
    keys = [full.add(thing) for thing in "abc"]

    assert [full.get(key) for key in keys] == [None, "b", "c"]
    assert full.pop(keys[1]) == "b"
    assert full.pop(keys[1]) is None
    assert short.get(short.add("gone")) is None


def test_id_tokens_are_signed_by_the_key_that_is_shown(oauth):
    token = jwt.PyJWKSet.from_dict(oauth.signer.key_set()).keys[0]
    response = json.loads(exchange(oauth, press(oauth, "maria", nonce="n")["code"][0]).body)

    claims = jwt.decode(response["id_token"], token.key, algorithms=["RS256"], audience=client_id("google"))

    assert claims["iss"] == f"{BASE}/google"
    assert claims["email"] == "maria.alvarez@example.com"
    assert claims["email_verified"] is True
    assert claims["nonce"] == "n"


def test_googles_certificates_hold_the_same_key(oauth):
    from cryptography.x509 import load_pem_x509_certificate

    shown = load_pem_x509_certificate(oauth.signer.certificates["stand-in"].encode()).public_key()
    listed = jwt.PyJWKSet.from_dict(oauth.signer.key_set()).keys[0].key

    assert shown.public_numbers() == listed.public_numbers()


def test_a_profile_needs_a_token_of_the_same_provider(oauth):
    token = json.loads(exchange(oauth, press(oauth, "maria")["code"][0]).body)["access_token"]
    site_request = Request("GET", "/", headers={"authorization": f"Bearer {token}"})

    assert oauth.respond("google", "profile", site_request).status == HTTPStatus.OK
    assert oauth.respond("microsoft", "profile", site_request).status == HTTPStatus.UNAUTHORIZED
    assert oauth.respond("google", "profile", Request("GET", "/")).status == HTTPStatus.UNAUTHORIZED


def test_facebook_wants_the_proof_of_the_apps_secret(oauth):
    params = {"client_id": client_id("facebook"), "client_secret": client_secret("facebook")}
    code = press(oauth, "maria", "facebook", code_challenge="")["code"][0]
    query = {**params, "code": code, "redirect_uri": BACK}
    body = oauth.respond("facebook", "token", Request("GET", "/", query))
    token = json.loads(body.body)["access_token"]

    response = oauth.respond(
        "facebook", "profile", Request("GET", "/", {"access_token": token, "appsecret_proof": "no"})
    )
    assert response.status == HTTPStatus.BAD_REQUEST

    app = oauth.respond(
        "facebook", "token", Request("GET", "/", {**params, "grant_type": "client_credentials"})
    )
    app_token = json.loads(app.body)["access_token"]
    seen = oauth.respond(
        "facebook", "inspect", Request("GET", "/", {"input_token": token, "access_token": app_token})
    )
    assert json.loads(seen.body)["data"]["is_valid"] is True


def test_nobody_is_told_anything_under_another_name(oauth):
    router = Router(oauth)

    assert (
        router.respond(Request("GET", "/", headers={"host": "evil.example"})).status == HTTPStatus.BAD_REQUEST
    )
    assert router.respond(Request("GET", "/", headers={"host": "localhost:8001"})).status == HTTPStatus.OK
    assert router.respond(Request("GET", "/", headers={"host": "[::1]:8001"})).status == HTTPStatus.OK


@pytest.mark.parametrize("path", ["/", "/letters/", "/style.css", "/google/o/oauth2/v2/auth", "/nowhere"])
def test_no_cookie_no_script_and_nothing_from_elsewhere(running, path):
    response = requests.get(f"{running.base}{path}", timeout=5)

    assert "Set-Cookie" not in response.headers
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "script" not in response.text


def test_the_page_may_send_its_form_back_to_the_site(running):
    assert SITE in requests.get(running.base, timeout=5).headers["Content-Security-Policy"]


def test_a_body_that_is_too_long_is_refused(running):
    response = requests.post(f"{running.base}/google/token", data=b"x" * 100_000, timeout=5)

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_discovery_names_addresses_that_answer(running):
    params = requests.get(f"{running.base}{PATHS['openid_connect']['discovery']}", timeout=5).json()

    assert params["issuer"] == f"{running.base}/openid_connect"
    assert requests.get(params["jwks_uri"], timeout=5).json()["keys"][0]["alg"] == "RS256"
    page = requests.get(
        f"{params['authorization_endpoint']}?{urlencode(authorization_parameters('openid_connect'))}",
        timeout=5,
    )
    assert page.status_code == HTTPStatus.OK


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_it_does_not_start_where_others_could_reach_it(host):
    with pytest.raises(ValueError, match="loopback"):
        StandIn(host, 0, sites=[SITE])


def test_the_command_refuses_it_too():
    words = [sys.executable, "-m", "demo.stand_in", "--port", "0", "--host", "0.0.0.0", "--site", SITE]
    rooms = ROOT / "site"

    ended = subprocess.run(words, capture_output=True, text=True, cwd=rooms, timeout=30, check=False)

    assert ended.returncode == 1
    assert "loopback" in ended.stderr
