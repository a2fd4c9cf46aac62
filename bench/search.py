"""Figures of searches over very many pages of PDFs on PostgreSQL, printed and written to var/bench/.

    make bench-search DATABASE_URL=postgres://user:password@host/postgres
    make bench-search DATABASE_URL=… ARGS=1000000     (pages, in place of 300,000)

Entries of generated pages are written into a database of its own by COPY, a comment to twenty
of them, and searched at 100,000, 200,000, 300,000 pages, and at last. A million pages take a
quarter of an hour and 15 GB of disk. Ends with the plans of two searches.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import site
from bench.files import show
from bench.results import save

PAGES = 300_000
STEPS = [100_000, 200_000, 300_000]


def main() -> None:
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        raise SystemExit(
            "Give DATABASE_URL=postgres://user:password@host/name of a user who may create databases."
        )
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    steps = [step for step in STEPS if step < pages] + [pages]
    with (
        tempfile.TemporaryDirectory(prefix="colloquy-bench-") as folder,
        site.database_of_its_own(site.environment(Path(folder), site.free_port())) as environment,
    ):
        for words in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["setup_site"]):
            site.manage(environment, *words)
        script = (site.ROOT / "bench" / "inside_search.py").read_text()
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", f"STEPS = {steps}\n{script}"],
            cwd=site.ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    facts = json.loads(done.stdout.split("FACTS", 1)[1])
    for query, plan in facts["plans"].items():
        print(f"\nEXPLAIN (ANALYZE, BUFFERS) for: {query}\n\n{plan}\n")
    show(facts["rows"])
    save(facts["rows"], kind="search-")


if __name__ == "__main__":
    main()
