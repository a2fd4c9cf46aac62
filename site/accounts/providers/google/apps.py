from __future__ import annotations

from django.apps import AppConfig


class GoogleConfig(AppConfig):
    name = "accounts.providers.google"
    label = "sign_in_with_google"
