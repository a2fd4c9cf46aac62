"""Portraits: small, square, in one format, stripped of metadata; initials for who has none."""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MAX_BYTES = 5 * 1024 * 1024  # bytes
MAX_PIXELS = 40_000_000  # a little more than any phone takes
SIZE = 256  # pixels


def reencode(upload: IO[bytes], *, size: int) -> ContentFile:
    """Return ``upload``, a file of ``size`` bytes, as a small WebP under a random name.

    Raises ValidationError for a file that is no picture, is in another
    format, or is too large in bytes or pixels.
    """
    if size > MAX_BYTES:
        raise ValidationError(_("This picture is larger than 5 MB. Choose a smaller one."))
    try:
        # Only these decoders are tried: each one more is one more attack surface.
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(
                    _("This picture has too many pixels. Choose one with at most 40 megapixels.")
                )
            picture.draft("RGB", (SIZE * 2, SIZE * 2))
            upright = ImageOps.exif_transpose(picture)
            small = ImageOps.fit(upright.convert("RGBA"), (SIZE, SIZE), Image.Resampling.LANCZOS)
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
            _("We can’t read this file as a picture. Choose a JPEG, PNG, WebP, or AVIF file.")
        ) from error
    # Transparency becomes white: dark pages must not show through.
    flat = Image.new("RGB", small.size, "white")
    flat.paste(small, mask=small.getchannel("A"))
    output = BytesIO()
    flat.save(output, "WEBP", quality=82)
    return ContentFile(output.getvalue(), name=f"{secrets.token_urlsafe(16)}.webp")


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of ``name``, at most two."""
    words = [word for word in name.split() if word[0].isalnum()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()[:2]
