"""manage.py run_schedule"""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home import heartbeats
from home.jobs import JOBS
from home.scheduler import Scheduler, run_all


class Command(BaseCommand):
    help = "Runs the scheduled jobs. Start one such process for a site."
    requires_system_checks: list[str] = []
    stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run every job once and exit, for cron")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            if not run_all(JOBS):
                raise CommandError("Some jobs failed. See the log.")
            return
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        with heartbeats.beating(heartbeats.SCHEDULER):
            Scheduler(JOBS).run(lambda: not self.stopping)

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
