"""Load by wrk, which takes little of the processor itself: rates that no client in Python could ask for."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench import processor

UNITS = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Result:
    """Responses a second, milliseconds of processor that the server took for each, 99th percentile in ms."""

    per_second: float
    cpu_ms: float
    p99: float
    failed: int


def program() -> str | None:
    return shutil.which("wrk")


def run(
    base: str, path: str, server: int, *, seconds: float = 4, connections: int = 8, script: Path | None = None
) -> Result:
    """Ask for ``path`` over and over; ``server`` is the process whose tree is measured."""
    command = [
        program() or "wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--latency",
        "-H", "Accept-Encoding: br, gzip", *(["-s", str(script)] if script else []), f"{base}{path}",
    ]  # fmt: skip
    before = processor.seconds_of(server)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    spent = processor.seconds_of(server) - before
    requests = int(found(r"(\d+) requests in", done.stdout))
    return Result(
        per_second=float(found(r"Requests/sec:\s+([\d.]+)", done.stdout)),
        cpu_ms=1000 * spent / max(requests, 1),
        p99=duration(found(r"99%\s+([\d.]+\w+)", done.stdout)),
        failed=failures(done.stdout),
    )


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"wrk did not say {pattern}:\n{text}")
    return match[1]


def duration(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text).groups()  # type: ignore[union-attr]
    return float(number) * UNITS[unit]


def failures(text: str) -> int:
    sockets = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    statuses = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return sum(map(int, sockets.groups() if sockets else ())) + (int(statuses[1]) if statuses else 0)
