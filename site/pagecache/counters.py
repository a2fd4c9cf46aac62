"""What the page caches of all processes have done, counted in memory that they share."""

from __future__ import annotations

import fcntl
import logging
import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import WeakSet

logger = logging.getLogger(__name__)

# One process' numbers, and its id first. A process that ends leaves its numbers to the next of its place.
NAMES = ("hits", "misses", "stale", "passed", "bytes", "entries")
PROCESSES = 64
WIDTH = 8
ROW = (1 + len(NAMES)) * WIDTH
GAUGES = {"bytes", "entries"}  # of a process that runs; the others only ever grow

_living: WeakSet[Counters] = WeakSet()


class Counters:
    """The row of this process in a file that all processes map."""

    def __init__(self, path: Path) -> None:
        self._map = _mapped(path)
        self._numbers = memoryview(self._map).cast("Q")
        self._first = 0
        with _alone(path):
            self._first = self._claim()
        _living.add(self)

    def _claim(self) -> int:
        """Return the index of a free row: nobody's, or that of a process that has ended.

        Where as many processes run as there are rows, two share one.
        """
        for row in range(PROCESSES):
            first = row * (1 + len(NAMES))
            owner = self._numbers[first]
            if owner == 0 or not _is_running(owner):
                self._numbers[first] = os.getpid()
                for place, name in enumerate(NAMES, first + 1):
                    if name in GAUGES:
                        self._numbers[place] = 0
                return first
        return (os.getpid() % PROCESSES) * (1 + len(NAMES))

    def claim_again(self) -> None:
        """Take a row of its own in a process that was forked from the one that had this."""
        self._first = self._claim()

    def add(self, name: str) -> None:
        self._numbers[self._first + 1 + NAMES.index(name)] += 1

    def read(self, name: str) -> int:
        return self._numbers[self._first + 1 + NAMES.index(name)]

    def hit(self) -> None:
        self._numbers[self._first + 1] += 1

    def set(self, name: str, value: int) -> None:
        self._numbers[self._first + 1 + NAMES.index(name)] = value


def totals(path: Path) -> dict[str, int]:
    """Return the sums over all processes; zeros where none has counted yet."""
    if not path.exists():
        return dict.fromkeys(NAMES, 0)
    sums = dict.fromkeys(NAMES, 0)
    for owner, *numbers in struct.iter_unpack(f"={1 + len(NAMES)}Q", path.read_bytes()[: PROCESSES * ROW]):
        for name, number in zip(NAMES, numbers, strict=True):
            if owner and (name not in GAUGES or _is_running(owner)):
                sums[name] += number
    return sums


def _mapped(path: Path) -> mmap.mmap:
    """Map the file; where there can be none, memory of this process alone, which /metrics doesn't see."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            # A hole in the file would have to be filled while the disk is full, which ends the process.
            os.posix_fallocate(file.fileno(), 0, PROCESSES * ROW)
            return mmap.mmap(file.fileno(), PROCESSES * ROW)
    except OSError:
        logger.exception("What the page cache does can't be counted")
        return mmap.mmap(-1, PROCESSES * ROW)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process at a time claim a row: those of one server start together."""
    with suppress(OSError), path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed
        yield
        return
    yield


def _claim_after_fork() -> None:
    for counters in list(_living):
        counters.claim_again()


os.register_at_fork(after_in_child=_claim_after_fork)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
