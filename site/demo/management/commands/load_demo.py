"""manage.py load_demo"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo import comments, load, staff
from search import indexing


class Command(BaseCommand):
    help = "Fills a site that setup_site made with invented posts, papers and comments. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--comments", type=int, default=0, help="also a post with this many comments")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is invented content. Set DEMO=yes to load it.")
        load.load()
        count = comments.load()
        if options["comments"]:
            post = comments.make_long_thread(options["comments"])
            self.stdout.write(f"{options['comments']} comments at {post.full_url}")
        self.stdout.write(f"{count} new comments, {indexing.rebuild()} search entries")
        password = staff.make()
        if password:
            self.stdout.write(
                f"Demo accounts {', '.join(row[0] for row in staff.STAFF)}: password {password}"
            )
