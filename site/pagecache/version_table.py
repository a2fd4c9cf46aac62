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
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Protocol

WIDTH = 8  # bytes of a number
SLOTS = 16_384  # versions; ten thousand discussions meet in few of them
PUBLISHED = 1_024  # numbers of changes that were published lately
GENERATION, MARK, FIRST_PUBLISHED = 0, 1, 2
FIRST_SLOT = FIRST_PUBLISHED + PUBLISHED
LENGTH = (FIRST_SLOT + SLOTS) * WIDTH
REDIS_KEY = f"colloquy:page-versions:{LENGTH}"


class VersionTable(Protocol):
    """What both tables do. Raises OSError or RedisError where the shared memory can't be reached."""

    def generation(self) -> int:
        """Return the current generation; after this, ``read`` gives numbers at least as new."""

    def read(self, index: int) -> int:
        """Return a number as it was when ``generation`` was last asked for, or newer."""

    def write(self, numbers: dict[int, int]) -> None:
        """Write numbers by their index; the generation moves after the others."""

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
    """The table of one machine: a file of 139 KB that every process maps."""

    def __init__(self, path: Path) -> None:
        if not path.exists() or path.stat().st_size != LENGTH:
            _create(path)
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), LENGTH)
        # Aligned numbers of eight bytes: the processor writes and reads each as a whole.
        self._numbers = memoryview(self._map).cast("Q")

    def generation(self) -> int:
        return self._numbers[GENERATION]

    def read(self, index: int) -> int:
        return self._numbers[index]

    def write(self, numbers: dict[int, int]) -> None:
        for index, number in numbers.items():
            self._numbers[index] = number

    def clear(self) -> None:
        self._map[FIRST_SLOT * WIDTH :] = secrets.token_bytes(SLOTS * WIDTH)
        self._numbers[GENERATION] = new_number()


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    fresh.write_bytes(secrets.token_bytes(LENGTH))
    # Two processes may start at once; linking leaves the one that is there, which the other may have mapped.
    if path.exists():  # of another layout
        os.replace(fresh, path)
        return
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()


class RedisTable:
    """The table of several machines: one value in Redis, and a copy of it in every process."""

    def __init__(self, address: str) -> None:
        # Where Redis doesn't answer quickly, a page is rendered sooner than asked for.
        from redis import Redis

        self._redis = Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1)
        self._copy = memoryview(bytearray(LENGTH)).cast("Q")
        self._lock = Lock()

    def generation(self) -> int:
        generation = self._current_generation()
        if generation == self._copy[GENERATION]:
            return generation
        with self._lock:
            # Asked again: while this thread waited, another may have copied a newer table.
            generation = self._current_generation()
            table = memoryview(self._redis.get(REDIS_KEY) or b"").cast("Q")
            if len(table) != len(self._copy):
                raise OSError("The table of page versions has just been deleted from Redis.")
            self._copy[MARK:] = table[MARK:]
            self._copy[GENERATION] = generation
        return generation

    def _current_generation(self) -> int:
        moved = self._redis.getrange(REDIS_KEY, 0, WIDTH - 1)
        if not moved:
            self._redis.set(REDIS_KEY, secrets.token_bytes(LENGTH), nx=True)
            moved = self._redis.getrange(REDIS_KEY, 0, WIDTH - 1)
        return int.from_bytes(moved, sys.byteorder)

    def read(self, index: int) -> int:
        return self._copy[index]

    def write(self, numbers: dict[int, int]) -> None:
        self.generation()  # makes the table where there is none
        commands = self._redis.pipeline(transaction=True)
        for index, number in numbers.items():
            commands.setrange(REDIS_KEY, index * WIDTH, number.to_bytes(WIDTH, sys.byteorder))
        commands.execute()

    def clear(self) -> None:
        self._redis.set(REDIS_KEY, secrets.token_bytes(LENGTH))
