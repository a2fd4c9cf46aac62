from __future__ import annotations

from django.apps import AppConfig


class OpenIDConnectConfig(AppConfig):
    name = "accounts.providers.openid_connect"
    label = "sign_in_with_openid_connect"
