"""The version of everything that kept pages show, in memory that all processes share.

A table of random numbers. The first is the generation, which every change
moves: as long as it stays, everything kept is current. After it come a mark
(see ``changes``), the numbers of changes published lately, and the versions:
each name has the slot that its hash gives. Two names that share one are thrown
away together, which costs a rendering and is never wrong.

All processes of one machine map the same file. Several machines share one
table in Redis, of which each process has a copy: it asks for the generation at
every request, and copies the table when that has moved.

Numbers are random, not counted, so that two processes that change the table at
the same moment never write the same, and no number comes back after a restart.
"""

from __future__ import annotations

import mmap
import os
import secrets
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

WIDTH = 8  # bytes of a number
SLOTS = 16_384  # versions; ten thousand discussions meet in few of them
PUBLISHED = 1_024  # numbers of changes that were published lately
GENERATION, MARK, BOOT, FIRST_PUBLISHED = 0, 1, 2, 3
FIRST_SLOT = FIRST_PUBLISHED + PUBLISHED
LENGTH = (FIRST_SLOT + SLOTS) * WIDTH
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
RETRY_SECONDS = 1.0  # for which Redis is not asked again after it did not answer


class VersionTable(Protocol):
    """What both tables do. Raises OSError or RedisError where the shared memory can't be reached."""

    def generation(self) -> int:
        """Return the current generation; after this, ``read`` gives numbers at least as new."""

    def read(self, index: int) -> int:
        """Return a number as it was when ``generation`` was last asked for, or newer."""

    def write(self, numbers: dict[int, int]) -> None:
        """Write numbers by their index; the generation moves after the others, wherever it stands."""

    def clear(self) -> None:
        """Change every version, so that nothing kept is current any more."""


@lru_cache(maxsize=20_000)
def slot(name: str) -> int:
    """Return the index of the version of ``name``."""
    return FIRST_SLOT + int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) % SLOTS


def unnamed(family: str) -> str:
    """Return what is bumped when a family changes and nobody says which of its names."""
    return f"{family}/unnamed"


def published_index(number: int) -> int:
    return FIRST_PUBLISHED + number % PUBLISHED


def new_number() -> int:
    """Return a random number that fits into a column of 64 bits with a sign; never 0."""
    return secrets.randbits(63) or 1


def changed(names: Iterable[str], number: int) -> dict[int, int]:
    """Return what to write to publish the change ``number`` of ``names``.

    The versions are new ones each time: publishing a change again must not
    bring back a version under which something is kept.
    """
    versions = {slot(name): new_number() for name in names}
    return {published_index(number): number, **versions, GENERATION: new_number()}


class MemoryMappedTable:
    """The table of one machine: a file of 139 KB that every process maps.

    Raises OSError where the file can't be made or mapped. Don't delete it while
    the site runs: processes would no longer hear of one another (``clear``).
    """

    def __init__(self, path: Path) -> None:
        if not path.exists() or path.stat().st_size != LENGTH:
            _create(path)
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), LENGTH)
        # Aligned numbers of eight bytes: the processor writes and reads each as a whole.
        self._numbers = memoryview(self._map).cast("Q")
        # A machine that stopped may have lost what was written last, in this file or in the database.
        if self._numbers[BOOT] != (boot := boot_number()):
            self.clear()
            self._numbers[BOOT] = boot

    def generation(self) -> int:
        return self._numbers[GENERATION]

    def read(self, index: int) -> int:
        return self._numbers[index]

    def write(self, numbers: dict[int, int]) -> None:
        for index, number in numbers.items():
            if index != GENERATION:
                self._numbers[index] = number
        if GENERATION in numbers:
            self._numbers[GENERATION] = numbers[GENERATION]

    def clear(self) -> None:
        self._map[FIRST_SLOT * WIDTH :] = secrets.token_bytes(SLOTS * WIDTH)
        self._numbers[GENERATION] = new_number()


class NoTable:
    """What stands for the table where there can be none, as on a disk that is full or read-only."""

    def generation(self) -> int:
        raise OSError("There is no table of page versions.")

    def read(self, index: int) -> int:
        return 0

    def write(self, numbers: dict[int, int]) -> None:
        self.generation()

    def clear(self) -> None:
        self.generation()


def boot_number() -> int:
    """Return a number for the time since this machine was started; 0 where nothing tells it."""
    try:
        return int.from_bytes(blake2b(BOOT_ID.read_bytes(), digest_size=8).digest(), sys.byteorder)
    except OSError:
        return 0


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        fresh.write_bytes(secrets.token_bytes(LENGTH))
        # Two processes may start at once; linking leaves the one that the other may have mapped.
        if path.exists():  # of another layout
            os.replace(fresh, path)
            return
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


# Writes numbers, each with its place, if the table is there and whole; else says so, and writes nothing:
# what Redis makes of a part of a table would be zeros, and they would come back.
WRITE = f"""
if redis.call('STRLEN', KEYS[1]) ~= {LENGTH} then return 0 end
for place = 1, #ARGV, 2 do redis.call('SETRANGE', KEYS[1], ARGV[place], ARGV[place + 1]) end
return 1
"""


class RedisTable:
    """The table of several machines: one value in Redis, and a copy of it in every process."""

    def __init__(self, address: str, *, site: str = "") -> None:
        # Where Redis doesn't answer quickly, a page is rendered sooner than asked for.
        from redis import Redis

        self._redis: Any = Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1)
        self._key = f"colloquy:{site}:page-versions:{LENGTH}"
        self._script = self._redis.register_script(WRITE)
        self._copy = memoryview(bytearray(LENGTH)).cast("Q")
        self._lock = Lock()
        self._unreachable_until = 0.0
        self._has_lost_change = False

    def generation(self) -> int:
        if self._unreachable_until and time.monotonic() < self._unreachable_until:
            raise ConnectionError("Redis did not answer a moment ago.")
        try:
            if self._has_lost_change:
                self._has_lost_change = False
                self.clear()
            generation = self._current_generation()
            if generation != self._copy[GENERATION]:
                generation = self._copied()
        except Exception:
            self._unreachable_until = time.monotonic() + RETRY_SECONDS
            raise
        self._unreachable_until = 0.0
        return generation

    def _copied(self) -> int:
        """Copy the table; return its generation."""
        with self._lock:
            content = self._redis.get(self._key) or b""
            if len(content) != LENGTH:  # it has just been deleted, or something else was put there
                self._redis.set(self._key, secrets.token_bytes(LENGTH))
                content = self._redis.get(self._key) or b""
            table = memoryview(content).cast("Q")
            self._copy[GENERATION + 1 :] = table[GENERATION + 1 :]
            self._copy[GENERATION] = table[GENERATION]
            return table[GENERATION]

    def _current_generation(self) -> int:
        moved = self._redis.getrange(self._key, 0, WIDTH - 1)
        if len(moved) != WIDTH:
            self._redis.set(self._key, secrets.token_bytes(LENGTH), nx=not moved)
            moved = self._redis.getrange(self._key, 0, WIDTH - 1)
        return int.from_bytes(moved, sys.byteorder)

    def read(self, index: int) -> int:
        return self._copy[index]

    def write(self, numbers: dict[int, int]) -> None:
        places: list[int | bytes] = []
        for index, number in numbers.items():
            places += [index * WIDTH, number.to_bytes(WIDTH, sys.byteorder)]
        self._write(places)

    def clear(self) -> None:
        self._write(
            [
                FIRST_SLOT * WIDTH,
                secrets.token_bytes(SLOTS * WIDTH),
                GENERATION,
                new_number().to_bytes(WIDTH, sys.byteorder),
            ]
        )

    def _write(self, places: list[int | bytes]) -> None:
        """Write in one step. Where Redis can't be asked, everything is made out of date once it can."""
        try:
            if not self._script(keys=[self._key], args=places):
                # All of a new table is changed.
                self._redis.set(self._key, secrets.token_bytes(LENGTH))
                self._script(keys=[self._key], args=places)
        except Exception:
            self._has_lost_change = True
            raise
