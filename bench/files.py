"""What a file that everybody may have takes of the processor, whole and in part, beside nginx.

    python -m bench.files

Goals: at most 1 ms for 64 KB of it, and three times what nginx takes for all of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench import load, nginx, processor, site

FILE_SIZE = 20 * 1024 * 1024
SCRIPT = (
    "import json; from bench.paper_files import long_file; print('FACTS' + json.dumps(long_file({size})))"
)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"  # one that is counted


@dataclass(frozen=True)
class Scenario:
    """One way to ask for a file: ``size`` bytes of it, so many times."""

    what: str
    headers: dict[str, str]
    times: int
    size: int
    expected_status: int

    def measure(self, base: str, path: str, server: int) -> tuple[load.Figures, float]:
        """Ask over four connections; return the figures, and the server's seconds of processor."""
        send = load.read(path, self.headers)

        def ask(times: int) -> load.Figures:
            return load.run(base, send, times=times, connections=4, expected_status=self.expected_status)

        ask(max(self.times // 20, 8))  # until every process has answered once
        before = processor.seconds_of(server)
        figures = ask(self.times)
        return figures, processor.seconds_of(server) - before

    def row(self, server: str, figures: load.Figures, spent: float) -> dict[str, object]:
        return {
            "what": f"{self.what}, {server}",
            "megabytes_per_second": round(figures.per_second * self.size / 1024**2),
            "p95_ms": round(figures.p95, 1),
            "cpu_ms": round(1000 * spent / self.times, 3),
            "cpu_seconds_per_gigabyte": round(spent * 1024**3 / (self.times * self.size), 2),
            "failed": figures.failed,
        }


def scenarios(size: int) -> list[Scenario]:
    later, first = "bytes=1048576-1114111", "bytes=0-65535"
    return [
        Scenario("file, whole", {}, 200, size, 200),
        Scenario("file, 64 KB of it", {"Range": later}, 4_000, 65_536, 206),
        Scenario("file, its first 64 KB, counted", {"Range": first, "User-Agent": BROWSER}, 500, 65_536, 206),
    ]


def measure(environment: dict[str, str], path: str, file: Path, folder: Path) -> list[dict[str, object]]:
    """Return a row for each scenario and server, ours with its processor time as a ratio to nginx's."""
    asked = scenarios(file.stat().st_size)
    with site.served_by(environment) as (base, server):
        ours = [scenario.measure(base, path, server) for scenario in asked]
    if nginx.program() is None:
        rows = [scenario.row("ours", *figures) for scenario, figures in zip(asked, ours, strict=True)]
        return [*rows, {"what": "file, nginx", "skipped": "there is no nginx on this machine"}]
    with nginx.serving(file, folder) as (base, server):
        theirs = [scenario.measure(base, f"/{file.name}", server) for scenario in asked]
    rows = []
    for scenario, by_us, by_nginx in zip(asked, ours, theirs, strict=True):
        ratio = {"nginx_cpu": round(by_us[1] / max(by_nginx[1], 0.01), 2)}
        rows += [scenario.row("ours", *by_us) | ratio, scenario.row("nginx", *by_nginx)]
    return rows


def show(rows: list[dict[str, object]]) -> None:
    for row in rows:
        values = ", ".join(f"{name} {value}" for name, value in row.items() if name != "what")
        print(f"{row['what']:<50} {values}")


def published(environment: dict[str, str]) -> dict[str, str]:
    """Publish a long file from inside the site; return its address and where it lies."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", SCRIPT.format(size=FILE_SIZE)],
        cwd=site.ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    facts: dict[str, str] = json.loads(done.stdout.split("FACTS", 1)[1])
    return facts


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="colloquy-bench-") as name:
        folder = Path(name)
        with site.prepared(folder) as environment:
            facts = published(environment)
            show(measure(environment, facts["file"], Path(facts["path"]), folder))


if __name__ == "__main__":
    main()
