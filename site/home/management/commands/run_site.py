"""manage.py run_site"""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Runs web server, task worker, scheduler and in the demo the stand-in, until Ctrl-C or SIGTERM."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="run prepare_site first")

    def handle(self, *args: Any, **options: Any) -> None:
        # Another program takes this one's place: what only watches others
        # needn't hold a whole Django in memory.
        paths = [str(settings.ROOT), str(settings.ROOT / "site"), os.environ.get("PYTHONPATH", "")]
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
        sys.stdout.flush()
        wanted = ["--prepare"] if options["prepare"] else []
        os.execv(sys.executable, [sys.executable, "-u", "-m", "config.run_site", *wanted])  # noqa: S606
