"""What an accepted comment costs, and how many are accepted a second; also while others read the page.

    python -m bench.posting
    python -m bench.posting postgres://user:password@host/postgres      (a user who may create databases)

Eight members post by the form, each over a connection of their own, on a page
without comments and on one with 5,000: once alone, and once while a hundred
readers a second read that page. What the web server's processes take of the
processor is counted apart from what the load takes; a bare view (/healthz)
stands first, because machines differ.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import crowd, processor, site
from bench.results import save

GOAL = "at most 10 ms CPU, at least 200 a second, within 10% at 0 and 5,000"
SIZES = [0, 5_000]
READERS = [0, 100]  # a second
WRITERS = 8
COMMENTS = 480  # in each row
WARM_UP = 160  # so that both workers have loaded all they need

# Runs in the site's own process: a page for every row, the writers' sessions, the fields of each page's form.
SCRIPT = r"""
import json
from django.conf import settings
from django.test import Client
from accounts.models import User
from demo import comments
from discussion.posting.forms import CommentForm

facts = {"cookies": [], "fields": {}}
for slug, size in PAGES.items():
    page = comments.make_long_thread(size, slug=slug)
    facts["fields"][slug] = CommentForm(page).generate_security_data()
for number in range(WRITERS):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.create_user(f"writer{number}@example.org", name=f"Writer {number}"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    facts["cookies"].append(
        f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"
    )
print("FACTS" + json.dumps(facts))
"""


def measure(environment: dict[str, str]) -> list[dict[str, object]]:
    """Serve the prepared site of ``environment``; return a row for /healthz and one for each case.

    A case tells ``per_second`` (accepted comments), ``p95`` (ms), ``failed``, and
    ``cpu_ms`` of the server for each comment: without readers, where it is the
    comment's alone. With readers: how many pages they got and how quickly.
    """
    facts = prepare(environment)
    with site.served_by(environment) as (base, server):
        accept(base, facts, "posting-warm-up", WARM_UP, readers=0, server=server)
        rows = [bare_view(base, server)]
        for size in SIZES:
            for readers in READERS:
                slug = f"posting-{size}-{readers}"
                row = accept(base, facts, slug, COMMENTS, readers=readers, server=server)
                rows.append({"what": case_name(size, readers), "goal": GOAL} | row)
    return rows


def names() -> list[str]:
    return ["bare view", *(case_name(size, readers) for size in SIZES for readers in READERS)]


def case_name(size: int, readers: int) -> str:
    return f"comment accepted at {size:,}" + (f", {readers} reads a second" if readers else "")


def prepare(environment: dict[str, str]) -> dict:
    pages = {f"posting-{size}-{readers}": size for size in SIZES for readers in READERS}
    words = f"PAGES, WRITERS = {pages | {'posting-warm-up': 0}}, {WRITERS}\n{SCRIPT}"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", words],
        cwd=site.ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(done.stdout.split("FACTS", 1)[1])


def bare_view(base: str, server: int) -> dict[str, object]:
    requests = [[crowd.get(base, "/healthz")] * (COMMENTS // WRITERS * 2)] * WRITERS
    before = processor.seconds_of(server)
    load = crowd.run(base, requests, expected_status=200)
    spent = processor.seconds_of(server) - before
    return {"what": "bare view"} | figures(load) | {"cpu_ms": round(spent * 1000 / load.answers, 2)}


def accept(
    base: str, facts: dict, slug: str, comments: int, *, readers: int, server: int
) -> dict[str, object]:
    requests = [
        [post_request(base, facts, slug, writer, number) for number in range(comments // WRITERS)]
        for writer in range(WRITERS)
    ]
    with crowd.readers(base, f"/blog/{slug}/", per_second=readers) as reads:
        before = processor.seconds_of(server)
        load = crowd.run(base, requests, expected_status=303)
        spent = processor.seconds_of(server) - before
    row = figures(load)
    if not reads:
        return row | {"cpu_ms": round(spent * 1000 / load.answers, 2)}
    read = reads[0]
    row["failed"] = load.failed + read.failed
    return row | {"reads_per_second": round(read.per_second, 1), "reads_p95": round(read.p95, 1)}


def post_request(base: str, facts: dict, slug: str, writer: int, number: int) -> bytes:
    fields = facts["fields"][slug] | {
        "comment": f"Measured remark {number} by writer {writer}, as long as many a comment of one sentence.",
        "csrfmiddlewaretoken": "a" * 32,
        "honeypot": "",
        "reply_to": "",
    }
    return crowd.post(base, "/discussion/post/", fields, cookie=facts["cookies"][writer])


def figures(load: crowd.Load) -> dict[str, object]:
    return {"per_second": round(load.per_second, 1), "p95": round(load.p95, 1), "failed": load.failed}


def show(rows: list[dict[str, object]]) -> None:
    columns = ["per_second", "p95", "failed", "cpu_ms", "reads_per_second", "reads_p95"]
    titles = ["a second", "p95 ms", "failed", "CPU ms", "reads/s", "p95 ms"]
    print(f"{'':<46}" + "".join(f"{title:>10}" for title in titles))
    for row in rows:
        print(f"{row['what']:<46}" + "".join(f"{row.get(column, ''):>10}" for column in columns))


def main() -> None:
    if len(sys.argv) > 1:
        os.environ["DATABASE_URL"] = sys.argv[1]
    with (
        tempfile.TemporaryDirectory(prefix="colloquy-bench-") as folder,
        site.database_of_its_own(site.environment(Path(folder), site.free_port())) as environment,
    ):
        for words in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["setup_site"]):
            site.manage(environment, *words)
        rows = measure(environment)
    show(rows)
    save(rows, kind="posting-")


if __name__ == "__main__":
    main()
