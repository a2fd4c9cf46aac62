"""manage.py setup_site"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home import initial_pages


class Command(BaseCommand):
    help = (
        "Creates the pages, groups and site records that every site has; changes nothing that an editor made."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            home = initial_pages.create()
        self.stdout.write(f"{home.title}: {home.full_url}")
