"""OpenID Connect as allauth speaks it, with the checks of the ID token that it leaves out."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider as Provider,
)

from accounts.providers.nonce import SendNonceMixin
from accounts.providers.openid_connect.views import OpenIDConnectAdapter


class OpenIDConnectProvider(SendNonceMixin, Provider):
    oauth2_adapter_class = OpenIDConnectAdapter


provider_classes = [OpenIDConnectProvider]
