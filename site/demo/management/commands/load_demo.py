"""manage.py load_demo"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo import comments, load, staff
from search import indexing


class Command(BaseCommand):
    help = "Fills a site that setup_site made with posts, papers and talk by invented people. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--comments", type=int, default=0, help="also a post with this many comments")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is made-up content. It is loaded with DEMO=yes only.")
        load.load()
        said = comments.load()
        if options["comments"]:
            post = comments.crowd(options["comments"])
            self.stdout.write(f"{options['comments']} comments stand at {post.full_url}")
        self.stdout.write(f"{said} new comments, {indexing.rebuild()} search entries")
        password = staff.make()
        if password:
            self.stdout.write(
                f"Demo accounts {', '.join(row[0] for row in staff.STAFF)}: password {password}"
            )
