"""manage.py run_site"""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Runs web server, task worker, scheduler and (in the demo) the stand-in, until Ctrl-C or SIGTERM."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="run prepare_site first")

    def handle(self, *args: Any, **options: Any) -> None:
        # Replaces this process: a supervisor doesn't need all of Django in memory.
        sys.stdout.flush()
        arguments = ["--prepare"] if options["prepare"] else []
        command = [sys.executable, "-u", "-m", "config.run_site", *arguments]
        python_path = filter(None, [*settings.SOURCE_ROOTS, os.environ.get("PYTHONPATH", "")])
        os.environ["PYTHONPATH"] = os.pathsep.join(python_path)
        os.execv(sys.executable, command)  # noqa: S606
