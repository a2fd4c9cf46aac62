"""What the page caches of all processes have done, counted in memory that they share."""

from __future__ import annotations

import mmap
import os
import struct
from pathlib import Path

# One process' numbers, and its id first. A process that ends leaves its numbers to the next of its place.
NAMES = ("hits", "misses", "stale", "passed", "bytes", "entries")
PROCESSES = 64
WIDTH = 8
ROW = (1 + len(NAMES)) * WIDTH
GAUGES = {"bytes", "entries"}  # of a process that runs; the others only ever grow


class Counters:
    """The row of this process in a file that all processes map."""

    def __init__(self, path: Path) -> None:
        self._map = _mapped(path)
        self._numbers = memoryview(self._map).cast("Q")
        self._first = self._claim()

    def _claim(self) -> int:
        """Return the index of a free row: nobody's, or that of a process that has ended."""
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
    for owner, *numbers in struct.iter_unpack(f"={1 + len(NAMES)}Q", path.read_bytes()):
        for name, number in zip(NAMES, numbers, strict=True):
            if owner and (name not in GAUGES or _is_running(owner)):
                sums[name] += number
    return sums


def _mapped(path: Path) -> mmap.mmap:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        file.truncate(PROCESSES * ROW)
        return mmap.mmap(file.fileno(), PROCESSES * ROW)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
