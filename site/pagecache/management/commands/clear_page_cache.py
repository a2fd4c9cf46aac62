"""manage.py clear_page_cache"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pagecache import changes


class Command(BaseCommand):
    help = "Lets every page be rendered anew, after the database was changed by another program."

    def handle(self, *args: Any, **options: Any) -> None:
        changes.clear()
        self.stdout.write("Every page is rendered anew when it is next asked for.")
