"""How many children a process of the site may have at once for what readers and editors wait for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class BusyError(Exception):
    """All slots are taken; try again in some seconds."""


class Slots:
    def __init__(self, number: int) -> None:
        self._semaphore = BoundedSemaphore(number)

    @contextmanager
    def take(self, *, wait: float = 0) -> Iterator[None]:
        """Hold one of the slots; raises BusyError where none gets free within ``wait`` seconds.

        Don't wait where anybody may ask: a waiting thread is lost to all other readers.
        """
        if not self._semaphore.acquire(timeout=wait):
            raise BusyError
        try:
            yield
        finally:
            self._semaphore.release()
