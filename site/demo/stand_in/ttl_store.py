"""A small store in memory: bounded, forgetful, safe among threads."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Drawer(Generic[Thing]):
    """Things under random keys, each for ``lives`` seconds, the oldest out when full."""

    def __init__(self, *, holds: int, lives: float) -> None:
        self._holds = holds
        self._lives = lives
        self._things: OrderedDict[str, tuple[float, Thing]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, thing: Thing) -> str:
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._things[key] = (time.monotonic() + self._lives, thing)
            while len(self._things) > self._holds:
                self._things.popitem(last=False)
        return key

    def see(self, key: str) -> Thing | None:
        with self._lock:
            until, thing = self._things.get(key, (0.0, None))
        return thing if until > time.monotonic() else None

    def take(self, key: str) -> Thing | None:
        """Return the thing and forget it: a second call finds nothing."""
        with self._lock:
            until, thing = self._things.pop(key, (0.0, None))
        return thing if until > time.monotonic() else None

    def __len__(self) -> int:
        return len(self._things)
