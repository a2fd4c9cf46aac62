"""One rendering at a time for each address; whoever waits for it shares it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from pagecache.entries import Entry
from pagecache.entry_cache import Key


@dataclass
class Turn:
    """The threads that ask for one address, and what the last one of them has rendered."""

    lock: Lock = field(default_factory=Lock)
    threads: int = 0  # inside or waiting
    began: float = 0.0  # of the monotonic clock
    entry: Entry | None = None

    def rendered_since(self, arrived: float) -> Entry | None:
        """Return what was rendered after a request had arrived: right for it, even if it has changed since.

        Where a page changes faster than it is rendered, all who wait share the next rendering.
        """
        return self.entry if self.began >= arrived else None


class Turns:
    """A turn for each address that somebody is waiting for."""

    def __init__(self) -> None:
        self._turns: dict[Key, Turn] = {}
        self._lock = Lock()

    @contextmanager
    def of(self, key: Key) -> Iterator[Turn]:
        """Let one thread after the other inside, for each address."""
        with self._lock:
            turn = self._turns.setdefault(key, Turn())
            turn.threads += 1
        try:
            with turn.lock:
                yield turn
        finally:
            with self._lock:
                turn.threads -= 1
                if not turn.threads:
                    del self._turns[key]

    def __len__(self) -> int:
        return len(self._turns)
