"""A nonce for providers that sign ID tokens: a token made for another journey does not count.

It is made from the secret of PKCE, which the browser's session holds already
and which never leaves this site until the code is exchanged.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from allauth.socialaccount.providers.base import ProviderException


def nonce_of(verifier: str) -> str:
    return hashlib.sha256(f"nonce:{verifier}".encode()).hexdigest()


class SendsNonce:
    """For a provider: send the nonce along with the challenge."""

    def get_pkce_params(self) -> dict[str, str]:
        parameters = super().get_pkce_params()  # type: ignore[misc]
        return parameters | {"nonce": nonce_of(parameters["code_verifier"])}


class WantsNonce:
    """For its adapter: remember the nonce and find it again in the ID token."""

    nonce = ""

    def get_access_token_data(
        self, request: Any, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)  # type: ignore[misc]

    def complete_login(self, request: Any, app: Any, token: Any, **answer: Any) -> Any:
        if not answer["response"].get("id_token"):
            raise ProviderException("There is no ID token in the answer.")
        return super().complete_login(request, app, token, **answer)  # type: ignore[misc]

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        # Not even over a direct connection is an unsigned or wrongly signed token believed.
        self.did_fetch_access_token = False
        claims = super()._decode_id_token(app, id_token)  # type: ignore[misc]
        if not hmac.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise ProviderException("The ID token was made for another journey.")
        return claims
