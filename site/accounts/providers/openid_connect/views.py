from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

from accounts.providers.nonce import VerifyNonceMixin


class OpenIDConnectAdapter(VerifyNonceMixin, OpenIDConnectOAuth2Adapter):
    subject = ""

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        user_info = super()._fetch_user_info(access_token)
        self.subject = str(user_info["sub"])
        return user_info

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        claims = super()._decode_id_token(app, id_token)
        if self.subject and self.subject != claims["sub"]:
            raise ProviderException("Profile and ID token name different people.")
        return claims
