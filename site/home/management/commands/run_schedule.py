"""manage.py run_schedule"""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home import heartbeats
from home.jobs import JOBS
from home.scheduler import Schedule, perform_all


class Command(BaseCommand):
    help = "Does what is to be done regularly; one such process a site is enough."
    requires_system_checks: list[str] = []
    going_on = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything once and end, for cron")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            if not perform_all(JOBS):
                raise CommandError("Some jobs failed; the log says which.")
            return
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        with heartbeats.beating(heartbeats.SCHEDULER):
            Schedule(JOBS).run(lambda: self.going_on)

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.going_on = False
