"""What a reply costs in a growing thread, and a page in a growing talk, as ratios of the shortest."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.site import ROOT

LENGTHS = [10, 100, 1_000, 10_000]
TALKS = [100, 5_000]

# Runs inside the site: lets threads grow, answers somebody at random in each, and looks at pages. What is
# compared is measured in turns, so that a busy machine is busy for all alike; each length is that before
# the first turn. The first sheet of every talk of the crowd's holds the same hundred comments.
SCRIPT = """
import json, random, statistics, time
from django.test import Client
from accounts.models import User
from demo import comments
from discussion.posting.forms import CommentForm
from discussion.models import Comment

user = User.objects.create_user("grower@example.org", name="Grower")
chance = random.Random(1)
stranger, member = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
member.force_login(user)

def thread(length):
    page = comments.make_long_thread(1, slug=f"bench-thread-{length}")
    known = list(Comment.objects.filter(page=page))
    while len(known) < length:
        known.append(reply(page, known))
    return page, known

def reply(page, known):
    comment = Comment(page=page, user=user, comment="Measured.", reply_to=chance.choice(known))
    comment.save()
    return comment

def post(page, known):
    answered = chance.choice(known).pk
    fields = CommentForm(page).generate_security_data() | {"honeypot": "", "reply_to": answered}
    words = f"Measured {chance.random()}."
    assert member.post("/discussion/post/", fields | {"comment": words}).status_code == 303

def look(client, page):
    assert client.get(f"/blog/{page.slug}/").status_code == 200

facts = {}
def measure(what, deeds, turns, before=None):
    took = {length: [] for length in deeds}
    for turn in range(turns + 3):  # the first ones fill caches
        for length, (deed, *about) in deeds.items():
            if before:
                before(length)
            start = time.perf_counter()
            deed(*about)
            took[length].append((time.perf_counter() - start) * 1000)
    facts[what] = {length: round(statistics.median(found[3:]), 2) for length, found in took.items()}

threads = {length: thread(length) for length in LENGTHS}
measure("reply, thread of", {length: (reply, *about) for length, about in threads.items()}, 60)
measure("reply by the form, thread of", {length: (post, *about) for length, about in threads.items()}, 30)
talks = {number: comments.make_long_thread(number, slug=f"bench-talk-{number}") for number in TALKS}
last = {number: [Comment.objects.filter(page=talk).latest("pk")] for number, talk in talks.items()}
measure("page, talk of", {number: (look, stranger, talk) for number, talk in talks.items()}, 30)
measure("page, signed in, talk of", {number: (look, member, talk) for number, talk in talks.items()}, 30)
measure(
    "page after a reply, talk of", {number: (look, stranger, talk) for number, talk in talks.items()}, 30,
    before=lambda number: reply(talks[number], last[number]),
)
print("FACTS" + json.dumps(facts))
"""


def grow(given: dict[str, str]) -> list[dict[str, object]]:
    """Return a row for every length: median milliseconds, and how many times those of the shortest."""
    words = f"LENGTHS, TALKS = {LENGTHS}, {TALKS}\n{SCRIPT}"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", words],
        cwd=ROOT, env=given, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    facts: dict[str, dict[str, float]] = json.loads(done.stdout.split("FACTS", 1)[1])
    rows: list[dict[str, object]] = []
    for what, figures in facts.items():
        shortest = next(iter(figures.values()))
        rows += [
            {"what": f"{what} {int(length):,}", "median_ms": took, "times": round(took / shortest, 2)}
            for length, took in figures.items()
        ]
    return rows


def show(rows: list[dict[str, object]]) -> None:
    print(f"\n{'':<40}{'median ms':>10}{'ratio':>10}")
    for row in rows:
        print(f"{row['what']:<40}{row['median_ms']:>10}{row['times']:>10}")
