"""manage.py mail_queue"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count, Min
from django.utils.timezone import localtime

from mail.models import QueuedEmail


class Command(BaseCommand):
    help = "Shows how many e-mails are waiting, sent or failed, and why they failed; no addresses are shown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--retry-failed", action="store_true", help="put the failed e-mails back in the queue"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry_failed"]:
            self.stdout.write(
                f"Failed e-mails put back in the queue: {QueuedEmail.objects.all().retry_failed()}"
            )
        states = QueuedEmail.objects.values("state", "error").order_by("state", "error")
        for row in states.annotate(count=Count("pk"), oldest=Min("created_at")):
            oldest = f"oldest {localtime(row['oldest']):%Y-%m-%d %H:%M}"
            self.stdout.write(f"{row['state']:8} {row['count']:6}  {oldest}  {row['error']}".rstrip())
