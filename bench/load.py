"""Bounded load on a server of our own: so many requests, from so many connections.

Every figure is for one run on one machine; compare figures of the same run.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Figures:
    """Answers a second, two percentiles in milliseconds, and how many answers were not as wished."""

    per_second: float
    p50: float
    p95: float
    failed: int


SendRequest = Callable[[http.client.HTTPConnection, int], int]


def read(path: str, headers: dict[str, str]) -> SendRequest:
    """Return how to read ``path`` once."""

    def send(connection: http.client.HTTPConnection, number: int) -> int:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status

    return send


def run(base: str, send: SendRequest, *, times: int, connections: int, expected_status: int = 200) -> Figures:
    """Ask ``times`` times in all, over ``connections`` kept-open connections."""
    parts = urlsplit(base)
    took: list[float] = []
    failed: list[int] = []

    def worker(first: int) -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        for number in range(first, times, connections):
            start = time.perf_counter()
            try:
                status = send(connection, number)
            except (OSError, http.client.HTTPException):
                connection.close()
                status = 0
            took.append(time.perf_counter() - start)
            if status != expected_status:
                failed.append(status)
        connection.close()

    threads = [threading.Thread(target=worker, args=(number,)) for number in range(connections)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - start
    took.sort()
    half, most = (took[int(len(took) * part)] * 1000 for part in (0.5, 0.95))
    return Figures(len(took) / wall, half, most, len(failed))
