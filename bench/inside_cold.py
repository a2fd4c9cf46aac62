"""Runs in the site's own process, given by ``bench.cold``: what a page costs that is not kept.

The argument is ``changes``, or ``fresh`` for the first request of this process.
"""

import io
import json
import shutil
import statistics
import sys
import time
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from config.wsgi import application

HOST = settings.BASE_URL.partition("://")[2]
TURNS = 25


def ask(path: str, cookie: str = "") -> bytes:
    path, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": HOST,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "br, gzip", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
    }  # fmt: skip
    if cookie:
        environ["HTTP_COOKIE"] = cookie
    answered: list[str] = []
    response: Any = application(environ, lambda status, headers, exc_info=None: answered.append(status))
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    assert answered[0].startswith("200"), (path, answered)
    return body


def milliseconds(path: str, cookie: str = "") -> float:
    started = time.process_time()
    ask(path, cookie)
    return (time.process_time() - started) * 1000


def measured(path: str, *, change: Any = None, cookie: str = "") -> dict[str, float]:
    took = []
    for _ in range(TURNS):
        if change:
            change()
        took.append(milliseconds(path, cookie))
    if change:
        change()
    with CaptureQueriesContext(connection) as queries:
        ask(path, cookie)
    return {"cpu_ms": statistics.median(took[5:]), "queries": len(queries)}


def anything_changes() -> None:
    from pagecache import versions

    with transaction.atomic():
        versions.bump("wagtailcore_page")


def changes() -> dict[str, dict[str, float]]:
    from django.test import Client

    from accounts.models import User
    from blog.models import Post
    from discussion.models import Comment

    member, _ = User.objects.get_or_create(email="cold@example.org", defaults={"name": "Cold Reader"})
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(member)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    def comment_on(slug: str) -> Any:
        page = Post.objects.get(slug=slug)
        last = Comment.objects.filter(page=page).latest("pk")
        return lambda: Comment(page=page, user=member, comment="Measured.", reply_to=last).save()

    return {
        "post with 100 comments, after a comment": measured(
            "/blog/bench-100/", change=comment_on("bench-100")
        ),
        "post with 5,000 comments, after a comment": measured(
            "/blog/bench-5000/", change=comment_on("bench-5000")
        ),
        "list of posts, after a change": measured("/blog/", change=anything_changes),
        "front page, after a change": measured("/", change=anything_changes),
        "white paper, after a change": measured(paper_path(), change=anything_changes),
        "search, after a change": measured("/search/?q=bus", change=anything_changes),
        "feed, after a change": measured("/blog/feed/", change=anything_changes),
        "post with 100 comments, signed in": measured("/blog/bench-100/", cookie=cookie),
    }


def paper_path() -> str:
    from papers.models import Paper

    paper = Paper.objects.live().first()
    return paper.url if paper else "/papers/"


def fresh() -> dict[str, dict[str, float]]:
    shutil.rmtree(settings.PAGE_CACHE_FOLDER / "entries", ignore_errors=True)
    ask("/healthz")  # as the supervisor asks before it says that the site is up
    return {
        "post with 100 comments, in a fresh process": {
            "cpu_ms": milliseconds("/blog/bench-100/"),
            "queries": 0,
        }
    }


print("FACTS" + json.dumps(changes() if sys.argv[1] == "changes" else fresh()))
