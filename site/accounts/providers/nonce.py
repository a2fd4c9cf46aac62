"""A nonce for providers that sign ID tokens: a token made for another sign-in is rejected.

It is derived from the PKCE verifier, which is in the session already and does
not leave this site until the code is exchanged.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from allauth.socialaccount.providers.base import ProviderException


def nonce_for(verifier: str) -> str:
    return hashlib.sha256(f"nonce:{verifier}".encode()).hexdigest()


class SendNonceMixin:
    """For a provider: send the nonce along with the PKCE challenge."""

    def get_pkce_params(self) -> dict[str, str]:
        params = super().get_pkce_params()  # type: ignore[misc]
        return params | {"nonce": nonce_for(params["code_verifier"])}


class VerifyNonceMixin:
    """For its adapter: require the nonce in the ID token, and the token to be signed."""

    nonce = ""

    def get_access_token_data(
        self, request: Any, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self.nonce = nonce_for(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)  # type: ignore[misc]

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        if not kwargs["response"].get("id_token"):
            raise ProviderException("The response contains no ID token.")
        return super().complete_login(request, app, token, **kwargs)  # type: ignore[misc]

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        # allauth skips the signature of a token it fetched itself; this site does not.
        self.did_fetch_access_token = False
        claims = super()._decode_id_token(app, id_token)  # type: ignore[misc]
        if not hmac.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise ProviderException("The ID token was made for another sign-in.")
        return claims
