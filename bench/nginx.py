"""nginx beside us: the same file, the same machine, the same questions. Skipped where there is none."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import load, site

CONFIGURATION = """
{user}
worker_processes 2;
error_log stderr emerg;
pid {folder}/nginx.pid;
daemon off;
events {{ worker_connections 64; }}
http {{
  access_log off;
  sendfile on;
  types {{ application/pdf pdf; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


def program() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass(frozen=True)
class Scenario:
    """One way to ask for a file: ``size`` bytes of it, so many times."""

    what: str
    headers: dict[str, str]
    times: int
    size: int
    expected_status: int

    def measure(self, base: str, path: str) -> load.Figures:
        send = load.read(path, self.headers)
        return load.run(base, send, times=self.times, connections=4, expected_status=self.expected_status)

    def row(self, server: str, figures: load.Figures, *, spent: float) -> dict[str, object]:
        return {
            "what": f"{self.what}, {server}",
            "megabytes_per_second": round(figures.per_second * self.size / 1024**2),
            "p95_ms": round(figures.p95, 1),
            "processor_seconds_per_gigabyte": round(spent * 1024**3 / (self.times * self.size), 2),
            "failed": figures.failed,
        }


def scenarios(size: int) -> list[Scenario]:
    part = {"Range": "bytes=1048576-1114111"}
    return [
        Scenario("file, whole", {}, 100, size, 200),
        Scenario("file, 64 KB of it", part, 2_000, 65_536, 206),
    ]


def rows(file: Path, folder: Path) -> list[dict[str, object]]:
    if program() is None:
        return [{"what": "file, nginx", "skipped": "there is no nginx on this machine"}]
    measured = []
    for scenario in scenarios(file.stat().st_size):
        figures, spent = with_processor_seconds(partial(served, file, folder, scenario))
        measured.append(scenario.row("nginx", figures, spent=spent))
    return measured


def served(file: Path, folder: Path, scenario: Scenario) -> load.Figures:
    """Serve the folder of ``file`` by nginx while the scenario is asked."""
    with serving(file, folder) as (base, _server):
        return scenario.measure(base, f"/{file.name}")


@contextmanager
def serving(file: Path, folder: Path) -> Iterator[tuple[str, int]]:
    """Serve the folder of ``file`` by nginx; yield its address and its process id."""
    port = site.free_port()
    written = folder / "nginx.conf"
    # Started as root, its workers would be nobody, who may not read our temporary folder.
    user = "user root;" if os.geteuid() == 0 else ""
    written.write_text(CONFIGURATION.format(user=user, folder=folder, root=file.parent, port=port))
    server = subprocess.Popen([program() or "nginx", "-p", str(folder), "-c", str(written)])
    try:
        site.wait_for(f"http://127.0.0.1:{port}/{file.name}")
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def with_processor_seconds(action: Callable[[], load.Figures]) -> tuple[load.Figures, float]:
    """Return what ``action`` measures, and what the programs it starts and ends take of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = action()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return figures, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
