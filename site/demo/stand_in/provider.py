"""The providers' OAuth 2 endpoints: authorization code, token, profile, and what they publish."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from demo.stand_in import pages, tokens
from demo.stand_in.endpoints import NAMES, PATHS, SIGNING_PROVIDERS, client_id, client_secret, issuer
from demo.stand_in.keys import Signer
from demo.stand_in.people import Person, failure_by_id, new_person, person_by_id
from demo.stand_in.profiles import profile
from demo.stand_in.responses import Request, Response, json_response, oauth_error, redirect
from demo.stand_in.tokens import TOKEN_MAX_AGE, Grant
from demo.stand_in.ttl_store import TTLStore

CODE_MAX_AGE = 60  # seconds
MAX_GRANTS = 2_000
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
FORWARDED_PARAMS = [
    *("client_id", "redirect_uri", "response_type", "scope", "state", "nonce"),
    *("code_challenge", "code_challenge_method"),
]


def site_origins(sites: list[str]) -> set[str]:
    """Return the origins that may be redirected to; one loopback name stands for all of them."""
    origins = set()
    for site in sites:
        parts = urlsplit(site)
        names = LOOPBACK_NAMES if parts.hostname in ("127.0.0.1", "localhost", "::1") else (parts.netloc,)
        port = f":{parts.port}" if parts.port and parts.hostname and len(names) > 1 else ""
        origins |= {f"{parts.scheme}://{name}{port}" for name in names}
    return origins


def matches_challenge(verifier: str, challenge: str) -> bool:
    """Return whether ``verifier`` matches ``challenge`` (RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)


def chosen_person(choice: str, form: dict[str, str]) -> Person | None:
    """Return who signs in: a listed person, a new one, or Maria where a failure was chosen."""
    if choice == "new":
        return new_person(form.get("name", ""), form.get("email", ""), verified="verified" in form)
    return person_by_id("maria" if failure_by_id(choice) else choice)


@dataclass
class Provider:
    """The five providers and OpenID Connect; ``base`` is the stand-in's own origin, ``slow`` in seconds."""

    base: str
    sites: list[str]
    slow: float = 8.0
    signer: Signer = field(default_factory=Signer)
    codes: TTLStore[Grant] = field(default_factory=lambda: TTLStore(max_items=MAX_GRANTS, ttl=CODE_MAX_AGE))
    tokens: TTLStore[Grant] = field(default_factory=lambda: TTLStore(max_items=MAX_GRANTS, ttl=TOKEN_MAX_AGE))

    def respond(self, provider: str, endpoint: str, request: Request) -> Response:
        return getattr(self, endpoint)(provider, request)

    # --- Called by the browser ---------------------------------------------------------------------

    def authorize(self, provider: str, request: Request) -> Response:
        params = {name: request.form.get(name) or request.query.get(name, "") for name in FORWARDED_PARAMS}
        reason = self._rejection_reason(provider, params)
        if reason:
            # Never redirect to a URL that was not checked.
            return pages.error_page(reason)
        choice = request.form.get("choice", "") if request.method == "POST" else ""
        if not choice:
            return pages.account_chooser(NAMES[provider], params, signs=provider in SIGNING_PROVIDERS)
        return self._send_back(provider, params, choice, chosen_person(choice, request.form))

    def _rejection_reason(self, provider: str, params: dict[str, str]) -> str:
        parts = urlsplit(params["redirect_uri"])
        if params["client_id"] != client_id(provider):
            return "Unknown client ID."
        if f"{parts.scheme}://{parts.netloc}" not in site_origins(self.sites):
            return "The redirect URI does not belong to the site."
        if not parts.path.startswith("/accounts/") or not parts.path.endswith("/login/callback/"):
            return "The redirect URI is not a sign-in callback of the site."
        if params["response_type"] != "code":
            return "Only the response type “code” is supported."
        if params["code_challenge"] and params["code_challenge_method"] != "S256":
            return "Only the challenge method S256 is supported."
        if provider == "x" and not params["code_challenge"]:
            return "X requires a code challenge (PKCE)."
        return ""

    def _send_back(
        self, provider: str, params: dict[str, str], choice: str, person: Person | None
    ) -> Response:
        redirect_uri, state = params["redirect_uri"], params["state"]
        failure = failure_by_id(choice)
        if person is None:
            return pages.error_page("There is no such test account.")
        if choice == "denied":
            description = "The user canceled."
            return redirect(redirect_uri, error="access_denied", error_description=description, state=state)
        if choice == "unknown-error":
            return redirect(redirect_uri, error="temporarily_unavailable", state=state)
        if choice == "wrong-state":
            state = "somebody-elses"
        grant = Grant(
            provider=provider,
            person=person,
            redirect_uri=redirect_uri,
            challenge=params["code_challenge"],
            nonce=params["nonce"],
            failure=failure.id if failure else "",
        )
        code = self.codes.add(grant)
        if choice == "expired":
            self.codes.pop(code)
        return redirect(redirect_uri, code=code, state=state)

    # --- Called by the site ------------------------------------------------------------------------

    def token(self, provider: str, request: Request) -> Response:
        params = request.query if provider == "facebook" else request.form
        if not self._is_client(provider, params, request):
            return oauth_error("invalid_client", "Client ID or secret is wrong.", HTTPStatus.UNAUTHORIZED)
        if provider == "facebook" and params.get("grant_type") == "client_credentials":
            return json_response({"access_token": self._app_token(), "token_type": "bearer"})
        if params.get("grant_type", "authorization_code") != "authorization_code":
            return oauth_error("unsupported_grant_type", "Only authorization_code is supported.")
        grant = self.codes.pop(params.get("code", ""))
        if grant is None or grant.provider != provider or grant.redirect_uri != params.get("redirect_uri"):
            return oauth_error(
                "invalid_grant", "The code is unknown, used, expired, or was issued for another redirect URI."
            )
        if grant.challenge and not matches_challenge(params.get("code_verifier", ""), grant.challenge):
            return oauth_error("invalid_grant", "The code verifier does not match the challenge.")
        return self._token_failure(grant) or self._token_for(grant)

    def _is_client(self, provider: str, params: dict[str, str], request: Request) -> bool:
        """Check the client: X uses HTTP Basic, OpenID Connect either way, the others the form."""
        posted = (params.get("client_id"), params.get("client_secret"))
        pair = request.basic if provider == "x" or request.basic[0] else posted
        return pair == (client_id(provider), client_secret(provider))

    def _app_token(self) -> str:
        return f"{client_id('facebook')}|{client_secret('facebook')}"

    def _token_failure(self, grant: Grant) -> Response | None:
        if grant.failure == "slow":
            time.sleep(self.slow)
        if grant.failure == "error":
            return pages.server_error()
        if grant.failure == "broken":
            return Response('{"access_token": ', "application/json")
        return None

    def _token_for(self, grant: Grant) -> Response:
        response: dict[str, object] = {
            "access_token": self.tokens.add(grant),
            "token_type": "bearer",
            "expires_in": TOKEN_MAX_AGE,
        }
        if grant.provider in SIGNING_PROVIDERS and grant.failure != "no-token":
            response["id_token"] = tokens.id_token(self.signer, grant, base=self.base)
        return json_response(response)

    def profile(self, provider: str, request: Request) -> Response:
        token = request.query.get("access_token", "") if provider == "facebook" else request.bearer
        grant = self.tokens.get(token)
        if grant is None or grant.provider != provider:
            return oauth_error("invalid_token", "The token is unknown or expired.", HTTPStatus.UNAUTHORIZED)
        if provider == "facebook" and not self._proof_holds(token, request.query.get("appsecret_proof", "")):
            return oauth_error("invalid_token", "The proof of the app's secret is wrong.")
        if grant.failure == "incomplete":
            return json_response({"data": {}} if provider == "x" else {"object": "user"})
        return json_response(profile(grant.person, provider))

    def _proof_holds(self, token: str, proof: str) -> bool:
        secret = client_secret("facebook").encode()
        return hmac.compare_digest(hmac.new(secret, token.encode(), hashlib.sha256).hexdigest(), proof)

    def inspect(self, provider: str, request: Request) -> Response:
        if request.query.get("access_token") != self._app_token():
            return oauth_error("invalid_token", "Only the app may inspect tokens.", HTTPStatus.UNAUTHORIZED)
        grant = self.tokens.get(request.query.get("input_token", ""))
        known = grant is not None and grant.provider == provider
        return json_response({"data": {"is_valid": known, "app_id": client_id(provider)}})

    # --- Published by OpenID Connect and Google ----------------------------------------------------

    def discovery(self, provider: str, request: Request) -> Response:
        urls = {endpoint: f"{self.base}{path}" for endpoint, path in PATHS[provider].items()}
        return json_response(
            {
                "issuer": issuer(self.base, provider),
                "authorization_endpoint": urls["authorize"],
                "token_endpoint": urls["token"],
                "userinfo_endpoint": urls["profile"],
                "jwks_uri": urls["keys"],
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def keys(self, provider: str, request: Request) -> Response:
        return json_response(self.signer.key_set())

    def certificates(self, provider: str, request: Request) -> Response:
        return json_response(self.signer.certificates)
