"""Many people who reply to each other at once, through the site's own server with several workers."""

from __future__ import annotations

import http.client
import json
import random
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench import site
from tests.support import databases

# Runs inside the site: a post, a first comment, and the authors with their sessions.
BEGIN = """
import json
from django.conf import settings
from django.test import Client
from accounts.models import User
from blog.models import Post, PostIndex
from discussion.posting.forms import CommentForm
from discussion.models import Comment
from django.utils import timezone

post = Post(title="A crowd", slug="a-crowd", first_published_at=timezone.now())
PostIndex.objects.get().add_child(instance=post)
csrf, cookies = "a" * 32, []
for number in range(AUTHORS):
    author = User.objects.create_user(f"author{number}@example.org", name=f"Author {number}")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(author)
    jar = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies.append(f"{settings.SESSION_COOKIE_NAME}={jar}; {settings.CSRF_COOKIE_NAME}={csrf}")
opening = Comment(page=post, user=author, comment="Who wants to begin?")
opening.save()
fields = CommentForm(post).generate_security_data() | {"csrfmiddlewaretoken": csrf, "honeypot": ""}
print("FACTS" + json.dumps({"opening": opening.pk, "cookies": cookies, "fields": fields}))
"""
END = """
import json
from discussion.threads.integrity import check_integrity
from discussion.models import Comment
from discussion.models.thread_position import xtd_rows
report, replies = check_integrity(), Comment.objects.exclude(level=0)
root = xtd_rows.get(level=0)
print("FACTS" + json.dumps({
    "clean": report.is_clean, "wrong": dict(report.wrong), "orphans": report.orphans,
    "texts": sorted(replies.values_list("comment", flat=True)), "nested": root.nested_count,
    "orders": sorted(replies.order_by().values_list("order", flat=True)),
}))
"""


@dataclass
class Crowd:
    """What many authors need to post replies, and what came of it."""

    opening: int
    cookies: list[str]
    fields: dict[str, str]
    accepted: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    known: list[int] = field(default_factory=list)

    def post_replies(self, base: str, *, each: int) -> None:
        """Let every author reply ``each`` times, all at once, each time to a comment at random."""
        self.known.append(self.opening)
        threads = [
            threading.Thread(target=self._reply, args=(base, number, each))
            for number in range(len(self.cookies))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _reply(self, base: str, author: int, each: int) -> None:
        chance, parts = random.Random(author), urlsplit(base)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        for number in range(each):
            text = f"Author {author}, remark {number}."
            body = urlencode(self.fields | {"comment": text, "reply_to": chance.choice(self.known)})
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": self.cookies[author],
            }
            try:
                connection.request("POST", "/discussion/post/", body, headers)
                response = connection.getresponse()
                response.read()
            except (OSError, http.client.HTTPException) as failure:
                self.failures.append(repr(failure))
                connection.close()
                continue
            here = re.search(r"#comment-(\d+)$", response.headers.get("Location", ""))
            if response.status == 303 and here:
                self.accepted.append(text)
                self.known.append(int(here.group(1)))
            else:
                self.failures.append(f"{response.status} {response.headers.get('Location')}")
        connection.close()


@contextmanager
def started(folder: Path, *, authors: int) -> Iterator[tuple[dict[str, str], Crowd]]:
    """Make a site with a database of its own beside the tests', and a crowd that knows how to enter."""
    with databases.another(folder) as address:
        environment = site.environment(folder, site.free_port()) | {
            "DATABASE_URL": address,
            "CACHE_URL": f"filecache://{folder}/cache",
            "EMAIL_URL": f"filemail://{folder}/mail",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        yield environment, Crowd(**run_script(environment, f"AUTHORS = {authors}\n{BEGIN}"))


def run_script(environment: dict[str, str], script: str) -> dict:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", script],
        cwd=site.ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.split("FACTS", 1)[1])


def outcome(environment: dict[str, str]) -> dict:
    """Return what the database says afterwards."""
    return run_script(environment, END)
