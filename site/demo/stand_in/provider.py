"""Signing in: who it is, the code for that, the token for the code, the profile for the token."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from demo.stand_in import pages, tokens
from demo.stand_in.endpoints import NAMES, PATHS, SIGNING, client_id, client_secret, issuer
from demo.stand_in.keys import Signer
from demo.stand_in.people import Person, mishap, newcomer, person
from demo.stand_in.profiles import profile
from demo.stand_in.responses import Answer, Ask, as_json, onward, refusal
from demo.stand_in.tokens import TOKEN_LIVES, Grant
from demo.stand_in.ttl_store import Drawer

CODE_LIVES = 60  # seconds
HOLDS = 2_000
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
KEPT = [
    *("client_id", "redirect_uri", "response_type", "scope", "state", "nonce"),
    *("code_challenge", "code_challenge_method"),
]


def site_origins(sites: list[str]) -> set[str]:
    """Return the origins that may be sent back to; one loopback name stands for all of them."""
    origins = set()
    for site in sites:
        parts = urlsplit(site)
        names = LOOPBACK_NAMES if parts.hostname in ("127.0.0.1", "localhost", "::1") else (parts.netloc,)
        port = f":{parts.port}" if parts.port and parts.hostname and len(names) > 1 else ""
        origins |= {f"{parts.scheme}://{name}{port}" for name in names}
    return origins


def proves(verifier: str, challenge: str) -> bool:
    """Return whether ``verifier`` is what ``challenge`` was made of (RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)


def chosen(choice: str, form: dict[str, str]) -> Person | None:
    """Return who signs in: somebody known, somebody made up, or Maria where something goes wrong."""
    if choice == "new":
        return newcomer(form.get("name", ""), form.get("email", ""), verified="verified" in form)
    return person("maria" if mishap(choice) else choice)


@dataclass
class Desk:
    """The five providers and OpenID Connect; ``base`` is the stand-in's own origin, ``slow`` in seconds."""

    base: str
    sites: list[str]
    slow: float = 8.0
    signer: Signer = field(default_factory=Signer)
    codes: Drawer[Grant] = field(default_factory=lambda: Drawer(holds=HOLDS, lives=CODE_LIVES))
    tokens: Drawer[Grant] = field(default_factory=lambda: Drawer(holds=HOLDS, lives=TOKEN_LIVES))

    def answer(self, provider: str, deed: str, ask: Ask) -> Answer:
        return getattr(self, deed)(provider, ask)

    # --- The browser's part -----------------------------------------------------------------------

    def authorize(self, provider: str, ask: Ask) -> Answer:
        wanted = {name: ask.form.get(name) or ask.query.get(name, "") for name in KEPT}
        wrong = self._wrong(provider, wanted)
        if wrong:
            # Never send a browser to an address that was not checked.
            return pages.trouble(wrong)
        choice = ask.form.get("choice", "") if ask.method == "POST" else ""
        if not choice:
            return pages.who_are_you(NAMES[provider], wanted, signs=provider in SIGNING)
        return self._send_back(provider, wanted, choice, chosen(choice, ask.form))

    def _wrong(self, provider: str, wanted: dict[str, str]) -> str:
        parts = urlsplit(wanted["redirect_uri"])
        if wanted["client_id"] != client_id(provider):
            return "The site gave a client ID that is not known here."
        if f"{parts.scheme}://{parts.netloc}" not in site_origins(self.sites):
            return "The address to return to does not belong to the site this stand-in works for."
        if not parts.path.startswith("/accounts/") or not parts.path.endswith("/login/callback/"):
            return "The address to return to is not a sign-in address of the site."
        if wanted["response_type"] != "code":
            return "Only the response type “code” is known here."
        if wanted["code_challenge"] and wanted["code_challenge_method"] != "S256":
            return "Only the challenge method S256 is known here."
        if provider == "x" and not wanted["code_challenge"]:
            return "X wants a code challenge (PKCE)."
        return ""

    def _send_back(
        self, provider: str, wanted: dict[str, str], choice: str, someone: Person | None
    ) -> Answer:
        redirect, state = wanted["redirect_uri"], wanted["state"]
        trouble = mishap(choice)
        if someone is None:
            return pages.trouble("Nobody of that name lives here.")
        if choice == "denied":
            return onward(redirect, error="access_denied", error_description="The user said no.", state=state)
        if choice == "unknown-error":
            return onward(redirect, error="temporarily_unavailable", state=state)
        if choice == "wrong-state":
            state = "somebody-elses"
        goes_wrong = trouble.id if trouble else ""
        grant = Grant(provider, someone, redirect, wanted["code_challenge"], wanted["nonce"], goes_wrong)
        code = self.codes.put(grant)
        if choice == "expired":
            self.codes.take(code)
        return onward(redirect, code=code, state=state)

    # --- The site's part --------------------------------------------------------------------------

    def token(self, provider: str, ask: Ask) -> Answer:
        given = ask.query if provider == "facebook" else ask.form
        if not self._is_client(provider, given, ask):
            return refusal("invalid_client", "Client ID or secret is wrong.", HTTPStatus.UNAUTHORIZED)
        if provider == "facebook" and given.get("grant_type") == "client_credentials":
            return as_json({"access_token": self._app_token(), "token_type": "bearer"})
        if given.get("grant_type", "authorization_code") != "authorization_code":
            return refusal("unsupported_grant_type", "Only authorization_code is known here.")
        grant = self.codes.take(given.get("code", ""))
        if grant is None or grant.provider != provider or grant.redirect != given.get("redirect_uri"):
            return refusal("invalid_grant", "The code is unknown, used or too old, or came from elsewhere.")
        if grant.challenge and not proves(given.get("code_verifier", ""), grant.challenge):
            return refusal("invalid_grant", "The code verifier does not fit the challenge.")
        return self._mishap(grant) or self._token_for(grant)

    def _is_client(self, provider: str, given: dict[str, str], ask: Ask) -> bool:
        """X wants HTTP Basic, OpenID Connect takes either way, the others the form."""
        posted = (given.get("client_id"), given.get("client_secret"))
        pair = ask.basic if provider == "x" or ask.basic[0] else posted
        return pair == (client_id(provider), client_secret(provider))

    def _app_token(self) -> str:
        return f"{client_id('facebook')}|{client_secret('facebook')}"

    def _mishap(self, grant: Grant) -> Answer | None:
        if grant.mishap == "slow":
            time.sleep(self.slow)
        if grant.mishap == "error":
            return pages.breakdown()
        if grant.mishap == "broken":
            return Answer('{"access_token": ', "application/json")
        return None

    def _token_for(self, grant: Grant) -> Answer:
        told: dict[str, object] = {
            "access_token": self.tokens.put(grant),
            "token_type": "bearer",
            "expires_in": TOKEN_LIVES,
        }
        if grant.provider in SIGNING and grant.mishap != "no-token":
            told["id_token"] = tokens.id_token(self.signer, grant, base=self.base)
        return as_json(told)

    def profile(self, provider: str, ask: Ask) -> Answer:
        token = ask.query.get("access_token", "") if provider == "facebook" else ask.bearer
        grant = self.tokens.see(token)
        if grant is None or grant.provider != provider:
            return refusal("invalid_token", "The token is unknown or too old.", HTTPStatus.UNAUTHORIZED)
        if provider == "facebook" and not self._proof_holds(token, ask.query.get("appsecret_proof", "")):
            return refusal("invalid_token", "The proof of the app's secret is wrong.")
        if grant.mishap == "incomplete":
            return as_json({"data": {}} if provider == "x" else {"object": "user"})
        return as_json(profile(grant.person, provider))

    def _proof_holds(self, token: str, proof: str) -> bool:
        secret = client_secret("facebook").encode()
        return hmac.compare_digest(hmac.new(secret, token.encode(), hashlib.sha256).hexdigest(), proof)

    def inspect(self, provider: str, ask: Ask) -> Answer:
        if ask.query.get("access_token") != self._app_token():
            return refusal("invalid_token", "Only the app may look into tokens.", HTTPStatus.UNAUTHORIZED)
        grant = self.tokens.see(ask.query.get("input_token", ""))
        known = grant is not None and grant.provider == provider
        return as_json({"data": {"is_valid": known, "app_id": client_id(provider)}})

    # --- What OpenID Connect and Google publish ---------------------------------------------------

    def discovery(self, provider: str, ask: Ask) -> Answer:
        here = {deed: f"{self.base}{path}" for deed, path in PATHS[provider].items()}
        return as_json(
            {
                "issuer": issuer(self.base, provider),
                "authorization_endpoint": here["authorize"],
                "token_endpoint": here["token"],
                "userinfo_endpoint": here["profile"],
                "jwks_uri": here["keys"],
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def keys(self, provider: str, ask: Ask) -> Answer:
        return as_json(self.signer.key_set())

    def certificates(self, provider: str, ask: Ask) -> Answer:
        return as_json(self.signer.certificates)
