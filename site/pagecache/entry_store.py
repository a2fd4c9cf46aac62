"""Entries that outlive their process: in files of one machine, or in Redis for several.

A new process finds here what others have rendered. Whether an entry is current
is told by its versions, as in the process, so that nothing has to be deleted
for being old: only for its size.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from pagecache.entries import Entry
from pagecache.entry_cache import Key

MAX_AGE = 3_600  # seconds that Redis keeps an entry
LOCK_SECONDS = 10  # that one process may take for a rendering while others wait


class EntryStore(Protocol):
    """Where processes leave entries for one another."""

    def get(self, key: Key) -> Entry | None: ...

    def put(self, key: Key, entry: Entry) -> None: ...

    def lock(self, key: Key) -> AbstractContextManager[None]:
        """Return a context manager that one process at a time is inside, for a while."""


def digest(key: Key) -> str:
    return blake2b("\n".join(key).encode("latin-1", "replace"), digest_size=20).hexdigest()


def packed(key: Key, entry: Entry) -> bytes:
    head = {
        "key": key,
        "status": entry.status,
        "headers": entry.headers,
        "encoding": entry.encoding,
        "etag": entry.etag,
        "versions": list(entry.versions.items()),
        "begins_at": entry.begins_at,
        "expires_at": entry.expires_at,
        "length": len(entry.body),
    }
    return json.dumps(head).encode() + b"\n" + entry.body


def unpacked(content: bytes, key: Key) -> Entry | None:
    """Return the entry; None where it was cut off, or is another one's of the same digest."""
    head, separator, body = content.partition(b"\n")
    try:
        fields = json.loads(head)
        found = tuple(fields.pop("key"))
        fields["headers"] = [(name, value) for name, value in fields["headers"]]
        fields["versions"] = dict(fields["versions"])
        is_whole = separator and fields.pop("length") == len(body)
        return Entry(body=body, **fields) if is_whole and found == key else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


class FileStore:
    """Entries as files below a folder, whose name is that of the build; ``prune`` bounds them."""

    def __init__(self, folder: Path, build: str) -> None:
        self.folder = folder / build

    def _path(self, key: Key) -> Path:
        name = digest(key)
        return self.folder / name[:2] / name[2:]

    def get(self, key: Key) -> Entry | None:
        try:
            return unpacked(self._path(key).read_bytes(), key)
        except OSError:
            return None

    def put(self, key: Key, entry: Entry) -> None:
        """Write the entry whole or, where the disk is full or read-only, not at all."""
        path = self._path(key)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(packed(key, entry))
            os.replace(fresh, path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()

    @contextmanager
    def lock(self, key: Key) -> Iterator[None]:
        # Few enough files to be left there; two addresses that share one wait for each other.
        path = self.folder / "locks" / digest(key)[:3]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("ab")
        except OSError:
            yield
            return
        with file:  # closing it releases the lock
            deadline = time.monotonic() + LOCK_SECONDS
            while not _acquired(file) and time.monotonic() < deadline:
                time.sleep(0.005)
            yield


def _acquired(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def prune(folder: Path, *, max_bytes: int) -> int:
    """Delete the oldest files until all together are within ``max_bytes``; return how many."""
    files = []
    for path in folder.glob("*/??/*"):
        with suppress(OSError):
            facts = path.stat()
            files.append((facts.st_mtime, facts.st_size, path))
    files.sort()
    excess = sum(size for _, size, _ in files) - max_bytes
    deleted = 0
    for _, size, path in files:
        if excess <= 0:
            break
        with suppress(OSError):
            path.unlink(missing_ok=True)
            excess, deleted = excess - size, deleted + 1
    return deleted


class RedisStore:
    """Entries in Redis, for an hour; Redis' own limit bounds them (maxmemory-policy allkeys-lru)."""

    def __init__(self, address: str, build: str, *, site: str = "") -> None:
        from redis import Redis

        self._redis: Any = Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1)
        self._prefix = f"colloquy:{site}:page:{build}"

    def _name(self, key: Key) -> str:
        return f"{self._prefix}:{digest(key)}"

    def get(self, key: Key) -> Entry | None:
        from redis import RedisError

        try:
            content = self._redis.get(self._name(key))
        except RedisError:
            return None
        return unpacked(content, key) if content else None

    def put(self, key: Key, entry: Entry) -> None:
        from redis import RedisError

        with suppress(RedisError):
            self._redis.set(self._name(key), packed(key, entry), ex=MAX_AGE)

    @contextmanager
    def lock(self, key: Key) -> Iterator[None]:
        from redis import RedisError

        lock = self._redis.lock(
            f"{self._name(key)}:lock", timeout=LOCK_SECONDS, sleep=0.005, blocking_timeout=LOCK_SECONDS
        )
        try:
            held = lock.acquire()
        except RedisError:
            held = False
        try:
            yield
        finally:
            with suppress(RedisError):
                if held:
                    lock.release()
