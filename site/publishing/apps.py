"""Makes Wagtail's exports as safe as our own."""

from __future__ import annotations

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from publishing.spreadsheets import guard_wagtails_exports

        guard_wagtails_exports()
