"""The bytes of a file, or of a part of it, in pieces."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import IO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage

from pagecache.ranges import ByteRange

# In memory at once, however long the file. Larger pieces take as much of the processor and wait for memory.
CHUNK_SIZE = 64 * 1024  # bytes


class DiskChunks:
    """Iterate over a range of a file on this machine's disk; ``close`` closes it, read or not.

    Raises FileNotFoundError at once, also for a folder.
    """

    def __init__(self, path: str, byte_range: ByteRange) -> None:
        self._is_open = False
        self._position = byte_range.first
        self._end = byte_range.first + byte_range.length
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._is_open = True
        if not stat.S_ISREG(os.fstat(self._file).st_mode):
            self.close()
            raise FileNotFoundError(path)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        size = min(CHUNK_SIZE, self._end - self._position)
        if size <= 0 or not self._is_open or not (chunk := os.pread(self._file, size, self._position)):
            raise StopIteration
        self._position += len(chunk)
        return chunk

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            os.close(self._file)

    def __del__(self) -> None:
        self.close()  # where a server ends without closing


class FileChunks:
    """Iterate over a range of any file in chunks; ``close`` closes the file, read or not."""

    def __init__(self, file: File | IO[bytes], byte_range: ByteRange) -> None:
        self.file = file
        self.byte_range = byte_range

    def __iter__(self) -> Iterator[bytes]:
        remaining = self.byte_range.length
        self._seek(self.byte_range.first)
        while remaining > 0 and (chunk := self.file.read(min(CHUNK_SIZE, remaining))):
            remaining -= len(chunk)
            yield chunk

    def _seek(self, position: int) -> None:
        if self.file.seekable():
            self.file.seek(position)
            return
        while position > 0 and (skipped := self.file.read(min(CHUNK_SIZE, position))):
            position -= len(skipped)

    def close(self) -> None:
        self.file.close()


def path_on_disk(storage: Storage, name: str) -> str | None:
    """Return where a storage keeps a file on this machine; None where it lies elsewhere, as in a bucket."""
    try:
        return storage.path(name) if isinstance(storage, FileSystemStorage) else None
    except NotImplementedError:
        return None
