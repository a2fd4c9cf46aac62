"""What a reply costs in a growing thread, and a page in a growing discussion, as ratios of the shortest."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.site import ROOT

LENGTHS = [10, 100, 1_000, 10_000]
DISCUSSIONS = [100, 5_000]

# Runs inside the site: lets threads grow, answers somebody at random in each, and looks at pages. What is
# compared is measured in turns, so that a busy machine is busy for all alike; each length is that before
# the first turn. The first page of every discussion of the crowd's holds the same hundred comments.
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
    parent = chance.choice(known).pk
    fields = CommentForm(page).generate_security_data() | {"honeypot": "", "reply_to": parent}
    words = f"Measured {chance.random()}."
    assert member.post("/discussion/post/", fields | {"comment": words}).status_code == 303

def get_page(client, page):
    assert client.get(f"/blog/{page.slug}/").status_code == 200

facts = {}
def measure(what, actions, turns, before=None):
    took = {length: [] for length in actions}
    for turn in range(turns + 3):  # the first ones fill caches
        for length, (action, *arguments) in actions.items():
            if before:
                before(length)
            start = time.perf_counter()
            action(*arguments)
            took[length].append((time.perf_counter() - start) * 1000)
    facts[what] = {length: round(statistics.median(times[3:]), 2) for length, times in took.items()}

threads = {length: thread(length) for length in LENGTHS}
measure("reply, thread of", {length: (reply, *about) for length, about in threads.items()}, 60)
measure("reply by the form, thread of", {length: (post, *about) for length, about in threads.items()}, 30)
pages = {size: comments.make_long_thread(size, slug=f"bench-page-{size}") for size in DISCUSSIONS}
last = {number: [Comment.objects.filter(page=page).latest("pk")] for number, page in pages.items()}
anonymous = {number: (get_page, stranger, page) for number, page in pages.items()}
signed_in = {number: (get_page, member, page) for number, page in pages.items()}
measure("page, discussion of", anonymous, 30)
measure("page, signed in, discussion of", signed_in, 30)
measure(
    "page after a reply, discussion of", anonymous, 30,
    before=lambda number: reply(pages[number], last[number]),
)
print("FACTS" + json.dumps(facts))
"""


def measure(environment: dict[str, str]) -> list[dict[str, object]]:
    """Return a row for every length: median milliseconds, and how many times those of the shortest."""
    words = f"LENGTHS, DISCUSSIONS = {LENGTHS}, {DISCUSSIONS}\n{SCRIPT}"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", words],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
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
