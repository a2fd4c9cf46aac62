"""Connects the receivers that keep the search table up to date."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from search import receivers

        receivers.connect()
