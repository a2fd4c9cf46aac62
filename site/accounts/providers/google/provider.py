"""Google as allauth speaks it, with a nonce and the signature checked."""

from __future__ import annotations

from allauth.socialaccount.providers.google.provider import GoogleProvider as Provider
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter

from accounts.providers.nonce import SendNonceMixin, VerifyNonceMixin


class GoogleAdapter(VerifyNonceMixin, GoogleOAuth2Adapter):
    pass


class GoogleProvider(SendNonceMixin, Provider):
    oauth2_adapter_class = GoogleAdapter


provider_classes = [GoogleProvider]
