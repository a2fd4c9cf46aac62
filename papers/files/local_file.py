"""A path for files that may lie in memory, or with a storage far away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import File
from django.core.files.uploadedfile import TemporaryUploadedFile


@contextmanager
def on_disk(file: File) -> Iterator[Path]:
    """Lend a path at which the bytes of ``file`` lie; a copy made for it goes with the block."""
    path = path_of(file)
    if path is not None:
        yield path
        return
    with NamedTemporaryFile(prefix="colloquy-") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        yield Path(copy.name)


def path_of(file: File) -> Path | None:
    """Return where the bytes lie already, or None where they have no place on this disk."""
    if isinstance(file, TemporaryUploadedFile):
        return Path(file.temporary_file_path())
    if getattr(file, "_committed", False):
        try:
            return Path(file.path)
        except NotImplementedError:
            return None
    return None
