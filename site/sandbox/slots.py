"""How many children a process of the site may have at once for what readers and editors wait for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class BusyError(Exception):
    """All slots are taken; try again in some seconds."""


MAX_WAITING = 1  # threads; each that waits is lost to all other readers


class Slots:
    def __init__(self, number: int) -> None:
        self._semaphore = BoundedSemaphore(number)
        self._waiting = BoundedSemaphore(MAX_WAITING)

    @contextmanager
    def take(self, *, wait: float = 0) -> Iterator[None]:
        """Hold one of the slots; raises BusyError where none gets free within ``wait`` seconds.

        It is raised at once where MAX_WAITING others wait already: whoever sends
        many at the same time must not stop the site.
        """
        if not (self._semaphore.acquire(blocking=False) or self._acquire_later(wait)):
            raise BusyError
        try:
            yield
        finally:
            self._semaphore.release()

    def _acquire_later(self, wait: float) -> bool:
        if wait <= 0 or not self._waiting.acquire(blocking=False):
            return False
        try:
            return self._semaphore.acquire(timeout=wait)
        finally:
            self._waiting.release()
