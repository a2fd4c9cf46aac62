"""Figures of the site under load, printed and written to var/bench/.

    make bench

Every run makes a site of its own in a temporary folder, and a database of its own
where DATABASE_URL names PostgreSQL, and serves it with two workers. Reading is
measured at the post page, anonymous and signed in, with no, 100 and 1,000
comments; writing with one author and with eight. A bare view (/healthz) stands
beside them, because these machines differ: compare ratios. Then a thread grows
to 10,000 and a discussion to 5,000, each told as a ratio to the shortest.
"""

from __future__ import annotations

import gzip
import tempfile
import urllib.request
from pathlib import Path

from bench import inside, load, site, threads
from bench.results import save

SIZES = [0, 100, 1_000]
TIMES = 400
WRITTEN = 200


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="colloquy-bench-") as folder,
        site.database_of_its_own(site.environment(Path(folder), site.free_port())) as environment,
    ):
        for words in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["setup_site"]):
            site.manage(environment, *words)
        facts = inside.prepare(environment, SIZES)
        with site.served(environment) as base:
            rows = [read_row(base, "bare view", "/healthz", {}, queries=0)]
            for size in SIZES:
                path = f"/blog/bench-{size}/"
                for who, cookie in (("anonymous", {}), ("signed in", {"Cookie": facts["cookies"][0]})):
                    rows.append(
                        read_row(
                            base, f"{size} comments, {who}", path, cookie, facts["queries"][f"{size} {who}"]
                        )
                    )
            for authors in (1, 8):
                rows.append(write_row(base, facts, authors))
        thread_rows = threads.measure(environment)
    show(rows)
    threads.show(thread_rows)
    save([*rows, *thread_rows])


def read_row(base: str, name: str, path: str, headers: dict[str, str], queries: int) -> dict[str, object]:
    with urllib.request.urlopen(urllib.request.Request(base + path, headers=headers), timeout=60) as response:
        body = response.read()
    load.run(base, load.read(path, headers), times=40, connections=8)
    figures = load.run(base, load.read(path, headers), times=TIMES, connections=8)
    return row(name, figures) | {
        "plain": len(body),
        "packed": len(gzip.compress(body, 6)),
        "queries": queries,
    }


def write_row(base: str, facts: dict, authors: int) -> dict[str, object]:
    send = inside.post_comment(facts, run=f"{authors}")
    return row(
        f"comments, {authors} author{'s' if authors > 1 else ''}",
        load.run(base, send, times=WRITTEN, connections=authors, expected_status=303),
    )


def row(name: str, figures: load.Figures) -> dict[str, object]:
    return {
        "what": name,
        "per_second": round(figures.per_second, 1),
        "p95": round(figures.p95, 1),
        "failed": figures.failed,
    }


def show(rows: list[dict[str, object]]) -> None:
    columns = ["what", "per_second", "p95", "failed", "plain", "packed", "queries"]
    titles = ["", "a second", "p95 ms", "failed", "bytes", "gzip", "queries"]
    print(f"{titles[0]:<28}" + "".join(f"{title:>10}" for title in titles[1:]))
    for one in rows:
        print(f"{one['what']:<28}" + "".join(f"{one.get(column, ''):>10}" for column in columns[1:]))


if __name__ == "__main__":
    main()
