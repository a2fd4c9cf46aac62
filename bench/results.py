"""What a run has measured, kept beside the site's data."""

from __future__ import annotations

import datetime
import json

from bench.site import ROOT


def save(rows: list[dict[str, object]], *, kind: str = "") -> None:
    """Write ``rows`` to var/bench/, under a name of the time, after ``kind``; say where."""
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    name = datetime.datetime.now(datetime.UTC).strftime(f"{kind}%Y%m%d-%H%M%S.json")
    (folder / name).write_text(json.dumps(rows, indent=2))
    print(f"\nWritten to var/bench/{name}")
