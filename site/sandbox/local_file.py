"""A path on the local disk for files that may be in memory or in remote storage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import File
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models.fields.files import FieldFile


@contextmanager
def on_disk(file: File) -> Iterator[Path]:
    """Yield a path with the bytes of ``file``; a copy made for it is deleted after the block."""
    path = local_path(file)
    if path is not None:
        yield path
        return
    with NamedTemporaryFile(prefix="colloquy-") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        yield Path(copy.name)


def local_path(file: File) -> Path | None:
    """Return the file's path if it is on the local disk already, else None."""
    if isinstance(file, TemporaryUploadedFile):
        return Path(file.temporary_file_path())
    if isinstance(file, FieldFile) and getattr(file, "_committed", False):
        try:
            return Path(file.path)
        except NotImplementedError:
            return None
    return None
