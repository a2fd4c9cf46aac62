"""Many people who answer each other at once, through the site's own server with several workers."""

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

# Runs inside the site: a post, somebody to begin, and the writers with their sessions.
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
for number in range(WRITERS):
    writer = User.objects.create_user(f"voice{number}@example.org", name=f"Voice {number}")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(writer)
    jar = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies.append(f"{settings.SESSION_COOKIE_NAME}={jar}; {settings.CSRF_COOKIE_NAME}={csrf}")
opening = Comment(page=post, user=writer, comment="Who wants to begin?")
opening.save()
fields = CommentForm(post).generate_security_data() | {"csrfmiddlewaretoken": csrf, "honeypot": ""}
print("FACTS" + json.dumps({"opening": opening.pk, "cookies": cookies, "fields": fields}))
"""
END = """
import json
from discussion.threads.integrity import check_integrity
from discussion.models import Comment
from discussion.models.thread_position import xtd_rows
report, said = check_integrity(), Comment.objects.exclude(level=0)
root = xtd_rows.get(level=0)
print("FACTS" + json.dumps({
    "clean": report.is_clean, "wrong": dict(report.wrong), "strays": report.orphans,
    "texts": sorted(said.values_list("comment", flat=True)), "beneath": root.nested_count,
    "orders": sorted(said.order_by().values_list("order", flat=True)),
}))
"""


@dataclass
class Crowd:
    """What a crowd is told at the door, and what came of it."""

    opening: int
    cookies: list[str]
    fields: dict[str, str]
    accepted: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    known: list[int] = field(default_factory=list)

    def speak(self, base: str, *, each: int) -> None:
        """Let every writer answer ``each`` times, all at once, each time somebody at random."""
        self.known.append(self.opening)
        voices = [
            threading.Thread(target=self._answer, args=(base, number, each))
            for number in range(len(self.cookies))
        ]
        for voice in voices:
            voice.start()
        for voice in voices:
            voice.join()

    def _answer(self, base: str, writer: int, each: int) -> None:
        chance, parts = random.Random(writer), urlsplit(base)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        for number in range(each):
            text = f"Voice {writer}, remark {number}."
            body = urlencode(self.fields | {"comment": text, "reply_to": chance.choice(self.known)})
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": self.cookies[writer],
            }
            try:
                connection.request("POST", "/discussion/post/", body, headers)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as failure:
                self.failures.append(repr(failure))
                connection.close()
                continue
            here = re.search(r"#comment-(\d+)$", answer.headers.get("Location", ""))
            if answer.status == 303 and here:
                self.accepted.append(text)
                self.known.append(int(here.group(1)))
            else:
                self.failures.append(f"{answer.status} {answer.headers.get('Location')}")
        connection.close()


@contextmanager
def started(folder: Path, *, writers: int) -> Iterator[tuple[dict[str, str], Crowd]]:
    """Make a site with a database of its own beside the tests', and a crowd that knows how to enter."""
    with databases.another(folder) as address:
        given = site.environment(folder, site.free_port()) | {
            "DATABASE_URL": address,
            "CACHE_URL": f"filecache://{folder}/cache",
            "EMAIL_URL": f"filemail://{folder}/mail",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        yield given, Crowd(**ask(given, f"WRITERS = {writers}\n{BEGIN}"))


def ask(given: dict[str, str], script: str) -> dict:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", script],
        cwd=site.ROOT, env=given, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.split("FACTS", 1)[1])


def outcome(given: dict[str, str]) -> dict:
    """Return what the database says afterwards."""
    return ask(given, END)
