"""The figures of docs/performance.md, printed and written to var/bench/. Takes some ten minutes.

    make bench
    make bench DATABASE_URL=postgres://user:password@host/postgres

Every run makes a site of its own in a temporary folder, and a database of its own
where DATABASE_URL names PostgreSQL. What is measured stands beside its measure in
the same run, because machines differ: a bare Django view under the same server, and
nginx with the same bytes. Needs wrk (on Debian: apt install wrk nginx-light).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench import cold, goals, inside, posting, readers, site, threads, warm, wrk
from bench.results import save

SIZES = [0, 5_000, 100]  # comments; the crowd reads the post that is made last


def main() -> int:
    if wrk.program() is None:
        print("wrk is missing; on Debian: apt install wrk", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="colloquy-bench-") as name:
        folder = Path(name)
        with site.prepared(folder) as environment:
            facts = inside.prepare(environment, SIZES) | {"path": f"/blog/bench-{SIZES[-1]}/"}
            rows = warm.measure(environment, folder)
            rows += cold.measure(environment, bare_ms=warm.bare_milliseconds(rows))
            rows += posting.measure(environment)
            rows += readers.measure(environment, facts)
            thread_rows = threads.measure(environment)
    goals.show(rows)
    threads.show(thread_rows)
    save([*rows, *thread_rows])
    return 0


if __name__ == "__main__":
    sys.exit(main())
