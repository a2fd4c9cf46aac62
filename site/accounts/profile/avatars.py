"""Portraits: small, square, in one format, stripped of metadata; initials for who has none."""

from __future__ import annotations

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from sandbox import pictures
from sandbox.local_file import on_disk
from sandbox.picture_errors import explain
from sandbox.slots import BusyError

MAX_BYTES = 5 * 1024 * 1024  # bytes
LIMITS = pictures.Limits(max_pixels=16_000_000, seconds=8.0, megabytes=512)
SIZE = 256  # pixels
QUALITY = 82


def reencode(upload: UploadedFile) -> ContentFile:
    """Return ``upload`` as a small WebP under a random name.

    Raises ValidationError for a file that is no picture, is in another
    format, or is too large in bytes or pixels.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("This picture is larger than 5 MB. Choose a smaller one."))
    with TemporaryDirectory(prefix="colloquy-portrait-") as folder, on_disk(upload) as path:
        small = Path(folder) / "portrait.webp"
        output = pictures.Output(str(small), "webp", (SIZE, SIZE), QUALITY, is_opaque=True)
        try:
            pictures.decode(path, LIMITS, outputs=[output])
        except (pictures.PictureError, BusyError) as error:
            raise ValidationError(explain(error, LIMITS)) from error
        return ContentFile(small.read_bytes(), name=f"{secrets.token_urlsafe(16)}.webp")


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of ``name``, at most two."""
    words = [word for word in name.split() if word[0].isalnum()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()[:2]
