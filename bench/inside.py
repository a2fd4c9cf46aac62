"""What has to be made or asked inside the site that is measured."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from urllib.parse import urlencode

from bench.load import SendRequest
from bench.site import ROOT

# Runs in the site's own process: posts, authors with sessions, query counts, a form to post with.
SCRIPT = r"""
import json, re, sys
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from accounts.models import User
from demo import comments

facts = {"cookies": [], "queries": {}, "csrf": "a" * 32}
for size in json.loads(sys.argv[1]):
    comments.make_long_thread(size, slug=f"bench-{size}")
authors = []
for number in range(8):
    user = User.objects.create_user(f"author{number}@example.org", name=f"Author {number}")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    authors.append(client)
    jar = client.cookies[settings.SESSION_COOKIE_NAME].value
    csrf = f"{settings.CSRF_COOKIE_NAME}={facts['csrf']}"
    facts["cookies"].append(f"{settings.SESSION_COOKIE_NAME}={jar}; {csrf}")
for size in json.loads(sys.argv[1]):
    for who, client in (("anonymous", Client(SERVER_NAME="127.0.0.1")), ("signed in", authors[0])):
        client.get(f"/blog/bench-{size}/")
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"/blog/bench-{size}/")
        facts["queries"][f"{size} {who}"] = len(captured)
page = response.content.decode()
names = ("content_type", "object_pk", "timestamp", "security_hash")
facts["fields"] = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in names}
print("FACTS" + json.dumps(facts))
"""


def prepare(environment: dict[str, str], sizes: list[int]) -> dict:
    """Fill the site; return cookies of eight authors, query counts, and the fields of a fresh form."""
    words = f"import sys; sys.argv = ['', {json.dumps(json.dumps(sizes))}]\n{SCRIPT}"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", words],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout.split("FACTS", 1)[1])


def post_comment(facts: dict, *, run: str) -> SendRequest:
    """Return how to post one more comment, each by the author whose turn it is."""

    def send(connection: http.client.HTTPConnection, number: int) -> int:
        fields = facts["fields"] | {
            "comment": f"Measured remark {number} of run {run}.",
            "csrfmiddlewaretoken": facts["csrf"],
            "honeypot": "",
            "reply_to": "",
        }
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": facts["cookies"][number % len(facts["cookies"])],
        }
        connection.request("POST", "/discussion/post/", urlencode(fields), headers)
        response = connection.getresponse()
        response.read()
        return response.status

    return send
