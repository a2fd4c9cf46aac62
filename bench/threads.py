"""What a reply costs in a growing thread, and a page in a growing talk, as ratios of the shortest."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.site import ROOT

LENGTHS = [10, 100, 1_000, 10_000]
TALKS = [100, 5_000]

# Runs inside the site: lets a thread grow, answers somebody at random now and then, and looks at pages.
SCRIPT = """
import json, random, statistics, time
from django.test import Client
from accounts.models import User
from demo import talking
from discussion.models import Comment

user = User.objects.create_user("grower@example.org", name="Grower")
talking.crowd(1, slug="bench-thread")
opening = Comment.objects.filter(page__slug="bench-thread").first()
chance, known = random.Random(1), [opening]

def reply():
    comment = Comment(page=opening.page, user=user, comment="Measured.", reply_to=chance.choice(known))
    comment.save()
    known.append(comment)

def milliseconds(deed, times):
    took = []
    for _ in range(times):
        start = time.perf_counter()
        deed()
        took.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(took), 2)

facts = {"replies": {}, "pages": {}}
for length in LENGTHS:
    while len(known) < length:
        reply()
    facts["replies"][length] = milliseconds(reply, 60)
for number in TALKS:
    talking.crowd(number, slug=f"bench-talk-{number}")
    client = Client(SERVER_NAME="127.0.0.1")
    look = lambda: client.get(f"/blog/bench-talk-{number}/")
    look()
    facts["pages"][number] = milliseconds(look, 15)
print("FACTS" + json.dumps(facts))
"""


def grow(given: dict[str, str]) -> list[dict[str, object]]:
    """Return a row for every length: median milliseconds, and how many times those of the shortest."""
    words = f"LENGTHS, TALKS = {LENGTHS}, {TALKS}\n{SCRIPT}"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", words],
        cwd=ROOT, env=given, check=True, capture_output=True, text=True,
    )  # fmt: skip
    facts = json.loads(done.stdout.split("FACTS", 1)[1])
    rows: list[dict[str, object]] = []
    for what, figures in (("reply, thread of", facts["replies"]), ("page, talk of", facts["pages"])):
        shortest = next(iter(figures.values()))
        rows += [
            {"what": f"{what} {int(length):,}", "median_ms": took, "times": round(took / shortest, 2)}
            for length, took in figures.items()
        ]
    return rows


def show(rows: list[dict[str, object]]) -> None:
    print(f"\n{'':<28}{'median ms':>10}{'ratio':>10}")
    for row in rows:
        print(f"{row['what']:<28}{row['median_ms']:>10}{row['times']:>10}")
