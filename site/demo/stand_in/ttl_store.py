"""A small store in memory: bounded, expiring, thread-safe."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from typing import Generic, TypeVar

Item = TypeVar("Item")


class TTLStore(Generic[Item]):
    """Items under random keys, each for ``ttl`` seconds; the oldest goes when ``max_items`` is reached."""

    def __init__(self, *, max_items: int, ttl: float) -> None:
        self._max_items = max_items
        self._ttl = ttl
        self._items: OrderedDict[str, tuple[float, Item]] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, item: Item) -> str:
        """Store ``item``; return its key."""
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._items[key] = (time.monotonic() + self._ttl, item)
            while len(self._items) > self._max_items:
                self._items.popitem(last=False)
        return key

    def get(self, key: str) -> Item | None:
        with self._lock:
            expires_at, item = self._items.get(key, (0.0, None))
        return item if expires_at > time.monotonic() else None

    def pop(self, key: str) -> Item | None:
        """Return the item and remove it: a second call returns None."""
        with self._lock:
            expires_at, item = self._items.pop(key, (0.0, None))
        return item if expires_at > time.monotonic() else None

    def __len__(self) -> int:
        return len(self._items)
