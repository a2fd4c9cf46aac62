"""manage.py mail_queue"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count, Min

from mail.models import Letter


class Command(BaseCommand):
    help = "Tells how many letters wait, were sent or failed, and why; addresses are not shown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--try-again", action="store_true", help="put the failed ones back in the queue")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["try_again"]:
            self.stdout.write(f"{Letter.objects.all().try_again()} failed letters wait again")
        kinds = Letter.objects.values("state", "problem").order_by("state", "problem")
        for row in kinds.annotate(count=Count("pk"), oldest=Min("written_at")):
            oldest = f"oldest {row['oldest']:%Y-%m-%d %H:%M}"
            self.stdout.write(f"{row['state']:8} {row['count']:6}  {oldest}  {row['problem']}".rstrip())
