"""manage.py check_threads"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from discussion.threads.integrity import check_integrity


class Command(BaseCommand):
    help = (
        "Checks that every comment stands where it should and every count is exact; "
        "ends with an error when something is wrong and was not repaired."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="repair what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        report = check_integrity(repair=options["repair"])
        self.stdout.write(f"{report.comments} comments on {report.pages} pages")
        for column, number in sorted(report.wrong.items()):
            self.stdout.write(f"wrong {column}: {number}")
        if report.pages_wrong:
            self.stdout.write(f"pages: {', '.join(str(page) for page in report.pages_wrong)}")
        if report.orphans:
            self.stdout.write(f"rows that are no comment of ours: {report.orphans}")
        if not report.is_clean and not options["repair"]:
            raise CommandError("Some threads are inconsistent. Run this with --repair to repair them.")
        if options["repair"] and (left := check_integrity()).wrong:
            raise CommandError(f"Still wrong: {dict(left.wrong)}")
        self.stdout.write("repaired" if report.wrong else "all threads are consistent")
