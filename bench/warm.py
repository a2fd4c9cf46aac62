"""Kept pages under load, beside a bare Django view and nginx with the same bytes, all asked by wrk.

python -m bench.warm
"""

from __future__ import annotations

import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import inside, nginx, site, wrk

PAGES = {
    "post, no comments": "/blog/bench-0/",
    "post, 100 comments": "/blog/bench-100/",
    "post, 5,000 comments": "/blog/bench-5000/",
    "front page": "/",
    "list of posts": "/blog/",
    "list of white papers": "/papers/",
    "about us": "/about/",
    "feed": "/blog/feed/",
    "search": "/search/?q=bus",
}
KEPT = 10_000
BARE, RANDOM_ORDER = "bare Django view", f"{KEPT:,} pages in random order"
RANDOM = """
math.randomseed(1974)
request = function() return wrk.format("GET", "/topics/bench-" .. math.random(1, {number}) .. "/") end
"""
TOPICS = f"Topic(name=f'Topic {{n}}', slug=f'bench-{{n}}') for n in range(1, {KEPT} + 1)"
LIMIT = "goal: at least 2.5 x a bare view, CPU at most 2.5 x nginx"


def names() -> list[str]:
    return [f"warm: {name}" for name in (BARE, *PAGES, RANDOM_ORDER)]


def bare_milliseconds(rows: list[dict[str, object]]) -> float:
    """Return what a bare view took of the processor in this run."""
    return next(float(str(row["cpu_ms"])) for row in rows if row["what"] == f"warm: {BARE}")


def measure(environment: dict[str, str], folder: Path) -> list[dict[str, object]]:
    """Return a row for each page with its rate and CPU, as ratios to the bare view and to nginx too."""
    with bare_view(environment) as (base, server):
        wrk.run(base, "/ok", server, seconds=1)
        bare = wrk.run(base, "/ok", server)
    rows = [row(BARE, bare, bare, None)]
    for name, path in PAGES.items():
        with site.served_by(environment) as (base, server):
            body = fetched(base, path)
            wrk.run(base, path, server, seconds=1)
            kept = wrk.run(base, path, server)
        rows.append(row(name, kept, bare, beside_nginx(folder, body)))
    rows += random_order(environment, folder, bare)
    return rows


def random_order(environment: dict[str, str], folder: Path, bare: wrk.Result) -> list[dict[str, object]]:
    # Both by a script: it takes time of wrk's own to put a request together.
    script, of_one = folder / "random.lua", folder / "one.lua"
    script.write_text(RANDOM.format(number=KEPT))
    of_one.write_text(RANDOM.format(number=1))
    words = f"from publishing.models import Topic; Topic.objects.bulk_create({TOPICS})"
    site.manage(environment, "shell", "-v0", "-c", words)
    with site.served_by(environment) as (base, server):
        for number in range(1, KEPT + 1):
            fetched(base, f"/topics/bench-{number}/")
        wrk.run(base, "/", server, seconds=10, script=script)  # until both workers have all
        kept = wrk.run(base, "/", server, script=script)
        one = wrk.run(base, "/", server, script=of_one)
    return [
        row(RANDOM_ORDER, kept, bare, None)
        | {"goal": "within 20% of one", "of_one": round(kept.per_second / one.per_second, 2)}
    ]


def row(name: str, result: wrk.Result, bare: wrk.Result, beside: wrk.Result | None) -> dict[str, object]:
    figures: dict[str, object] = {
        "what": f"warm: {name}",
        "goal": LIMIT,
        "per_second": round(result.per_second),
        "cpu_ms": round(result.cpu_ms, 3),
        "bare_views": round(result.per_second / bare.per_second, 2),
        "failed": result.failed,
    }
    return figures | ({"nginx_cpu": round(result.cpu_ms / beside.cpu_ms, 2)} if beside else {})


def fetched(base: str, path: str) -> bytes:
    request = urllib.request.Request(base + path, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request, timeout=60) as response:
        body: bytes = response.read()
        return body


@contextmanager
def bare_view(environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    port = site.free_port()
    command = site.granian("bench.bare_view:application", port=port)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    without_settings = {
        name: value for name, value in environment.items() if name != "DJANGO_SETTINGS_MODULE"
    }
    server = subprocess.Popen(command, cwd=site.ROOT, env=without_settings, **quiet)  # type: ignore[call-overload]
    try:
        site.wait_for(f"http://127.0.0.1:{port}/ok")
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def beside_nginx(folder: Path, body: bytes) -> wrk.Result | None:
    """Let nginx serve the same bytes from a file; None where there is no nginx."""
    if nginx.program() is None:
        return None
    (folder / "page.bin").write_bytes(body)
    with nginx.serving(folder / "page.bin", folder) as (base, server):
        wrk.run(base, "/page.bin", server, seconds=1)
        return wrk.run(base, "/page.bin", server)


def show(rows: list[dict[str, object]]) -> None:
    columns = ["per_second", "cpu_ms", "bare_views", "nginx_cpu", "failed"]
    titles = ["a second", "CPU ms", "x bare", "x nginx", "failed"]
    print(f"{'':<46}" + "".join(f"{title:>10}" for title in titles))
    for one in rows:
        print(f"{one['what']:<46}" + "".join(f"{one.get(column, ''):>10}" for column in columns))


def main() -> None:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="colloquy-bench-") as name:
        folder = Path(name)
        with site.prepared(folder) as environment:
            inside.prepare(environment, [0, 100, 5_000])
            show(measure(environment, folder))


if __name__ == "__main__":
    main()
