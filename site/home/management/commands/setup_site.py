"""manage.py setup_site"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home.initial_pages import begin


class Command(BaseCommand):
    help = "Makes the pages, groups and addresses every site has; leaves alone what an editor made."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            home = begin()
        self.stdout.write(f"{home.title} stands at {home.full_url}")
