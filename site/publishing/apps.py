"""Makes Wagtail's exports as safe as our own, cleans what editors save, and draws their images."""

from __future__ import annotations

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from publishing import clean_text
        from publishing.images import tasks
        from publishing.spreadsheets import guard_wagtails_exports

        clean_text.connect()
        tasks.connect()
        guard_wagtails_exports()
