"""Signs of life that the worker and the scheduler leave for others to see.

They lie in the cache, which all processes of a site share: files on the
embedded default, Redis on several machines.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.cache import cache

logger = logging.getLogger(__name__)

EVERY = 5  # seconds
MISSED_AFTER = 30  # seconds; whose last beat is older is taken for dead
WORKER, SCHEDULER = "worker", "scheduler"


def beat(name: str) -> None:
    # Kept longer than it counts, so that readyz can tell how long ago it was.
    cache.set(_key(name), time.time(), timeout=24 * 60 * 60)


def seconds_since(name: str) -> int | None:
    """Return the age of the last beat, None where there was none for a day."""
    last = cache.get(_key(name))
    return None if last is None else max(0, int(time.time() - last))


def living(names: Iterable[str]) -> set[str]:
    """Return those of ``names`` whose heart beats."""
    keys = {_key(name): name for name in names}
    oldest = time.time() - MISSED_AFTER
    return {keys[key] for key, last in cache.get_many(keys).items() if last >= oldest}


@contextmanager
def beating(*names: str) -> Iterator[None]:
    """Beat for ``names`` from a thread while the block runs; the first name is taken back at its end."""
    over = threading.Event()
    thread = threading.Thread(target=_keep_beating, args=(names, over), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(EVERY)
        cache.delete(_key(names[0]))


def _keep_beating(names: tuple[str, ...], over: threading.Event) -> None:
    while not over.is_set():
        try:
            for name in names:
                beat(name)
        except Exception:
            # A cache that is away for a while must not end the worker.
            logger.exception("No heartbeat could be left")
        over.wait(EVERY)


def _key(name: str) -> str:
    return f"heartbeat:{name}"
