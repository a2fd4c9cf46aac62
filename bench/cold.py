"""Pages that nobody has kept: after a change, in a fresh process, and for readers who are signed in.

Measured inside a process of the site, in milliseconds of its processor, through the WSGI application that
granian serves.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench import site

SCRIPT = (Path(__file__).parent / "inside_cold.py").read_text()
GOALS = {
    "post with 100 comments, after a comment": 25.0,
    "post with 5,000 comments, after a comment": 30.0,
    "list of posts, after a change": 15.0,
    "front page, after a change": 15.0,
    "white paper, after a change": None,
    "search, after a change": None,
    "feed, after a change": None,
    "post with 100 comments, in a fresh process": 45.0,
    "post with 100 comments, signed in": 30.0,
}


def names() -> list[str]:
    return [f"cold: {what}" for what in GOALS]


def measure(environment: dict[str, str], *, bare_ms: float) -> list[dict[str, object]]:
    """Return a row for each kind; ``bare_ms`` is what a bare Django view takes in this run."""
    figures = inside(environment, "changes")
    figures |= inside(environment, "fresh")
    return [
        {
            "what": f"cold: {what}",
            "goal": f"at most {most:g} ms" if most else "",
            "cpu_ms": round(figures[what]["cpu_ms"], 1),
            "bare_views": round(figures[what]["cpu_ms"] / bare_ms),
            "queries": figures[what]["queries"],
        }
        for what, most in GOALS.items()
    ]


def inside(environment: dict[str, str], what: str) -> dict[str, dict[str, float]]:
    words = f"import sys; sys.argv = ['', {what!r}]\n{SCRIPT}"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", words],
        cwd=site.ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    found: dict[str, dict[str, float]] = json.loads(done.stdout.split("FACTS", 1)[1])
    return found


def show(rows: list[dict[str, object]]) -> None:
    print(f"\n{'':<58}{'CPU ms':>10}{'x bare':>10}{'queries':>10}")
    for row in rows:
        print(f"{row['what']:<58}{row['cpu_ms']:>10}{row['bare_views']:>10}{row['queries']:>10}")


def main() -> None:
    import tempfile

    from bench import inside as content

    with (
        tempfile.TemporaryDirectory(prefix="colloquy-bench-") as name,
        site.prepared(Path(name)) as environment,
    ):
        content.prepare(environment, [0, 100, 5_000])
        show(measure(environment, bare_ms=0.18))


if __name__ == "__main__":
    main()
