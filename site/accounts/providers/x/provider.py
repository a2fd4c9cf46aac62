"""X, by its API v2: OAuth 2 with PKCE, a name and a handle, never an e-mail address.

Unlike allauth's own, this one reads its URLs from the settings.
"""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider

from accounts.providers.x.views import XAdapter


class XProvider(OAuth2Provider):
    id = "x"
    name = "X"
    account_class = ProviderAccount
    oauth2_adapter_class = XAdapter
    pkce_enabled_default = True

    def get_default_scope(self) -> list[str]:
        # X gives the profile only together with permission to read posts.
        return ["users.read", "tweet.read"]

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["id"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {key: data[key] for key in ("id", "name", "username") if key in data}


provider_classes = [XProvider]
