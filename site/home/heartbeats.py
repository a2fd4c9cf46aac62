"""Heartbeats of the worker and the scheduler.

They are stored in the cache, which all processes of a site share: files by
default, Redis on several machines.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.cache import cache

logger = logging.getLogger(__name__)

INTERVAL = 5  # seconds
DEAD_AFTER = 30  # seconds without a heartbeat
WORKER, SCHEDULER = "worker", "scheduler"


def beat(name: str) -> None:
    # Stored longer than it counts, so that /readyz can report its age.
    cache.set(_key(name), time.time(), timeout=24 * 60 * 60)


def seconds_since(name: str) -> int | None:
    """Return the age of the last beat, None where there was none for a day."""
    last = cache.get(_key(name))
    return None if last is None else max(0, int(time.time() - last))


def alive(names: Iterable[str]) -> set[str]:
    """Return those of ``names`` with a recent heartbeat."""
    keys = {_key(name): name for name in names}
    oldest = time.time() - DEAD_AFTER
    return {keys[key] for key, last in cache.get_many(keys).items() if last >= oldest}


@contextmanager
def beating(*names: str) -> Iterator[None]:
    """Send heartbeats for ``names`` from a thread inside the block; at its end, remove the first name's."""
    stopped = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(names, stopped), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(INTERVAL)
        cache.delete(_key(names[0]))


def _beat_until(names: tuple[str, ...], stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            for name in names:
                beat(name)
        except Exception:
            # A cache that is down for a while must not end the worker.
            logger.exception("Sending a heartbeat failed")
        stopped.wait(INTERVAL)


def _key(name: str) -> str:
    return f"heartbeat:{name}"
