"""A flash crowd on one post while comments arrive, the memory of the whole site, and how soon it answers."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from bench import inside, processor, site, wrk

CONNECTIONS = 1_000
COMMENTS_PER_SECOND = 5
REQUESTS = 100_000
MAX_MIB = 366


CROWD = f"flash crowd: {CONNECTIONS:,} connections, {COMMENTS_PER_SECOND} comments a second"
MEMORY = f"memory of all processes after {REQUESTS:,} requests"
START = "start to first answer, data there"


def names() -> list[str]:
    return [CROWD, MEMORY, START]


def measure(environment: dict[str, str], facts: dict[str, Any]) -> list[dict[str, object]]:
    return [*flash_crowd(environment, facts), *whole_site(environment)]


def flash_crowd(environment: dict[str, str], facts: dict[str, Any]) -> list[dict[str, object]]:
    """Let a thousand connections read one post while five comments a second arrive on it."""
    with site.served_by(environment) as (base, server):
        wrk.run(base, facts["path"], server, seconds=2, connections=CONNECTIONS)
        idle = wrk.run(base, facts["path"], server, seconds=8, connections=CONNECTIONS)
        writers = Writers(base, facts)
        writers.start()
        crowd = wrk.run(base, facts["path"], server, seconds=8, connections=CONNECTIONS)
        writers.stop()
    return [
        {
            "what": CROWD,
            "goal": "no error, p99 at most 100 ms above idle, every comment seen by the next request",
            "per_second": round(crowd.per_second),
            "p99_ms": round(crowd.p99),
            "above_idle_ms": round(crowd.p99 - idle.p99),
            "failed": crowd.failed + writers.failed,
            "comments": writers.accepted,
            "not_seen": writers.not_seen,
        }
    ]


class Writers(threading.Thread):
    """Posts a comment every fifth of a second, and reads the page right after for it."""

    def __init__(self, base: str, facts: dict[str, Any]) -> None:
        super().__init__()
        self.base, self.facts = base, facts
        self.accepted = self.failed = self.not_seen = 0
        self.ended = threading.Event()

    def run(self) -> None:
        send = inside.post_comment(self.facts, run="crowd")
        address = self.base.partition("://")[2]
        connection = http.client.HTTPConnection(address, timeout=60)
        due, number = time.monotonic(), 0
        while not self.ended.wait(max(0.0, due - time.monotonic())):
            due += 1 / COMMENTS_PER_SECOND
            number += 1
            if send(connection, number) != 303:
                self.failed += 1
                continue
            self.accepted += 1
            connection.request("GET", f"{self.facts['path']}?order=newest", headers={"Host": address})
            body = connection.getresponse().read().decode()
            self.not_seen += f"Measured remark {number} of run crowd." not in body

    def stop(self) -> None:
        self.ended.set()
        self.join()


def whole_site(environment: dict[str, str]) -> list[dict[str, object]]:
    """Start the site as `make run` does; say how soon it answers, and its memory after 100,000 requests."""
    started = time.monotonic()
    command = [sys.executable, "-m", "config.run_site"]
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(
        command, cwd=site.ROOT, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        while not answers(environment["BASE_URL"]):
            time.sleep(0.02)
        took = time.monotonic() - started
        time.sleep(3)  # worker and scheduler begin, too
        asked = 0
        while asked < REQUESTS:
            for path in ("/", "/blog/", "/blog/bench-100/", "/papers/", "/search/?q=bus", "/blog/feed/"):
                asked += round(wrk.run(environment["BASE_URL"], path, running.pid, seconds=2).per_second * 2)
        memory = proportional_memory(running.pid)
    finally:
        os.kill(running.pid, signal.SIGTERM)
        running.wait(timeout=30)
    return [
        {
            "what": MEMORY,
            "goal": f"at most {MAX_MIB} MiB",
            "mib": round(memory),
        },
        {"what": START, "goal": "at most 4 s", "seconds": round(took, 1)},
    ]


def answers(base: str) -> bool:
    connection = http.client.HTTPConnection(base.partition("://")[2], timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def proportional_memory(pid: int) -> float:
    """Return the MiB of a process and all beneath it; what several share counts once, in parts."""
    total = 0
    for one in processor.process_tree(pid):
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024
