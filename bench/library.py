"""Figures of the paper library, printed and written to var/bench/. Takes minutes.

    make bench-library
    make bench-library DATABASE_URL=postgres://user:password@host/postgres
    make bench-library ARGS=200        (papers, in place of 2,000)

How long a file of 100 pages takes from upload to the search page, how quickly a
library of 2,000 papers of 20 generated pages and 25 comments answers searches
of several sorts, first in one process, then over HTTP, and how quickly a file
is had, whole and in part, beside nginx serving the same file where it is found.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import files, load, site
from bench.results import save

PAPERS = 2_000


def main() -> None:
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS
    with (
        tempfile.TemporaryDirectory(prefix="colloquy-bench-") as folder,
        site.database_of_its_own(site.environment(Path(folder), site.free_port())) as environment,
    ):
        for words in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["setup_site"]):
            site.manage(environment, *words)
        facts = prepared(environment, papers)
        rows = list(facts["rows"])
        with site.served(environment) as base:
            rows += searched(base, facts["searches"])
        rows += files.measure(environment, facts["file"], Path(facts["path"]), Path(folder))
    files.show(rows)
    save(rows, kind="library-")


def prepared(environment: dict[str, str], papers: int) -> dict:
    """Fill the library from inside the site, and say how long one upload took."""
    script = (site.ROOT / "bench" / "inside_library.py").read_text()
    words = f"import sys; sys.argv = ['', '{papers}', '{files.FILE_SIZE}']\n{script}"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", words],
        cwd=site.ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(done.stdout.split("FACTS", 1)[1])


def searched(base: str, searches: dict[str, list[str]]) -> list[dict[str, object]]:
    """Ask over two connections, each sort of search by itself, and all of them in turns."""
    everything = [path for paths in zip(*searches.values(), strict=True) for path in paths]
    return [
        searched_row(base, what, paths) for what, paths in (searches | {"all of these": everything}).items()
    ]


def searched_row(base: str, what: str, paths: list[str]) -> dict[str, object]:
    requests = [load.read(path, {}) for path in paths]
    figures = load.run(
        base,
        lambda connection, number: requests[number](connection, number),
        times=len(requests),
        connections=2,
    )
    return {
        "what": f"search over HTTP for {what}",
        "p50_ms": round(figures.p50),
        "p95_ms": round(figures.p95),
        "per_second": round(figures.per_second, 1),
        "failed": figures.failed,
    }


if __name__ == "__main__":
    main()
