"""Makes Wagtail's exports as safe as our own, and cleans what editors save."""

from __future__ import annotations

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from publishing import clean_text
        from publishing.spreadsheets import guard_wagtails_exports

        clean_text.connect()
        guard_wagtails_exports()
