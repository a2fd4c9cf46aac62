from __future__ import annotations

from django.apps import AppConfig


class WordPressConfig(AppConfig):
    name = "accounts.providers.wordpress"
    label = "sign_in_with_wordpress"  # a later room may want the plain name
