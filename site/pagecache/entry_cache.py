"""The entries of one process, bounded by bytes; what nobody asked for longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from pagecache.entries import Entry

Key = tuple[str, str]  # path and query, as they came


class EntryCache:
    """A thread-safe cache of entries.

    Those of ``minor`` keys, which anybody can make up (addresses that don't
    exist, queries), have a quarter of the bytes to themselves, so that they
    never push out pages.
    """

    def __init__(self, max_bytes: int) -> None:
        self._main = _Share(max_bytes - max_bytes // 4)
        self._minor = _Share(max_bytes // 4)

    def get(self, key: Key) -> Entry | None:
        return self._main.get(key) or self._minor.get(key)

    def put(self, key: Key, entry: Entry, *, minor: bool = False) -> None:
        self.remove(key)
        (self._minor if minor else self._main).put(key, entry)

    def grow(self, key: Key, grown_by: int) -> None:
        """Count bytes that an entry has taken since it was put in."""
        share = self._main if key in self._main.entries else self._minor
        share.grow(key, grown_by)

    def remove(self, key: Key) -> None:
        self._main.remove(key)
        self._minor.remove(key)

    @property
    def bytes(self) -> int:
        return self._main.bytes + self._minor.bytes

    def __len__(self) -> int:
        return len(self._main.entries) + len(self._minor.entries)


class _Share:
    def __init__(self, max_bytes: int) -> None:
        self.max_bytes, self.bytes = max_bytes, 0
        self.entries: OrderedDict[Key, Entry] = OrderedDict()
        self.sizes: dict[Key, int] = {}
        self.lock = Lock()

    def get(self, key: Key) -> Entry | None:
        entry = self.entries.get(key)
        if entry is not None:
            try:
                self.entries.move_to_end(key)  # one step of the interpreter: no lock needed
            except KeyError:
                return None  # another thread has just removed it
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        size = entry.size + sum(map(len, key))
        with self.lock:
            self._drop(key)
            if size > self.max_bytes:
                return  # it would push out all others, and then itself
            self.entries[key], self.sizes[key] = entry, size
            self.bytes += size
            self._shrink()

    def grow(self, key: Key, grown_by: int) -> None:
        with self.lock:
            if key in self.sizes:
                self.sizes[key] += grown_by
                self.bytes += grown_by
                self._shrink()

    def remove(self, key: Key) -> None:
        if key in self.entries:
            with self.lock:
                self._drop(key)

    def _shrink(self) -> None:
        while self.bytes > self.max_bytes and self.entries:
            self._drop(next(iter(self.entries)))

    def _drop(self, key: Key) -> None:
        if self.entries.pop(key, None) is not None:
            self.bytes -= self.sizes.pop(key)
