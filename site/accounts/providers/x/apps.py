from __future__ import annotations

from django.apps import AppConfig


class XConfig(AppConfig):
    name = "accounts.providers.x"
    label = "sign_in_with_x"
