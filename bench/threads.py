"""What a reply costs in a growing thread, and a page in a growing talk, as ratios of the shortest."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.site import ROOT

LENGTHS = [10, 100, 1_000, 10_000]
TALKS = [100, 5_000]

# Runs inside the site: lets a thread grow, answers somebody at random now and then, and looks at pages.
# The first sheet of every talk of the crowd's holds the same hundred comments.
SCRIPT = """
import json, random, statistics, time
from django.test import Client
from accounts.models import User
from demo import talking
from discussion.forms import CommentForm
from discussion.models import Comment

user = User.objects.create_user("grower@example.org", name="Grower")
thread = talking.crowd(1, slug="bench-thread")
opening = Comment.objects.filter(page__slug="bench-thread").first()
chance, known = random.Random(1), [opening]
stranger, member = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
member.force_login(user)

def reply():
    comment = Comment(page=opening.page, user=user, comment="Measured.", reply_to=chance.choice(known))
    comment.save()
    known.append(comment)

def post(page, answered):
    fields = CommentForm(page).generate_security_data() | {"honeypot": "", "reply_to": answered.pk}
    words = f"Measured {chance.random()}."
    assert member.post("/discussion/post/", fields | {"comment": words}).status_code == 303

def milliseconds(deed, times, before=lambda: None):
    took = []
    for _ in range(times):
        before()
        start = time.perf_counter()
        deed()
        took.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(took), 2)

for _ in range(5):  # so that nothing is done for the first time while it is measured
    reply()
    post(thread, opening)

facts = {}
def told(what, length, took):
    facts.setdefault(what, {})[length] = took

for length in LENGTHS:
    while len(known) < length:
        reply()
    told("reply, thread of", length, milliseconds(reply, 60))
    told("reply by the form, thread of", length, milliseconds(lambda: post(thread, chance.choice(known)), 30))
for number in TALKS:
    talk = talking.crowd(number, slug=f"bench-talk-{number}")
    last = Comment.objects.filter(page=talk).latest("pk")
    for who, client in (("", stranger), ("signed in, ", member)):
        look = lambda: client.get(f"/blog/bench-talk-{number}/")
        look()
        told(f"page, {who}talk of", number, milliseconds(look, 25))
    again = lambda: Comment(page=talk, user=user, comment="Measured.", reply_to=last).save()
    told("page after a reply, talk of", number, milliseconds(look, 25, before=again))
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
