"""A portrait as it is kept: small, square, one format, and nothing of the file it came from."""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
LARGEST = 5 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000  # a little more than any telephone makes
SIDE = 256  # pixels


def drawn_anew(upload: BinaryIO, *, size: int) -> ContentFile:
    """Return ``upload``, a file of ``size`` bytes, as a small WebP under a name nobody can guess.

    Raises ValidationError, worded for the person, for what is no picture, is
    in another format, or is too large in bytes or pixels.
    """
    if size > LARGEST:
        raise ValidationError(_("The picture is larger than 5 MB. Please choose a smaller one."))
    try:
        # Only these decoders are tried; every other one is a way in.
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The picture has too many pixels. Please choose a smaller one."))
            picture.draft("RGB", (SIDE * 2, SIDE * 2))
            upright = ImageOps.exif_transpose(picture)
            small = ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    except ValidationError:
        raise
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
    ) as error:
        raise ValidationError(
            _("This is no picture we can read. Please choose a JPEG, PNG, WebP or AVIF file.")
        ) from error
    # What was transparent becomes white, so that dark pages don't show through.
    flat = Image.new("RGB", small.size, "white")
    flat.paste(small, mask=small.getchannel("A"))
    written = BytesIO()
    flat.save(written, "WEBP", quality=82)
    return ContentFile(written.getvalue(), name=f"{secrets.token_urlsafe(16)}.webp")
