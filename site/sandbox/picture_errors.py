"""Why a picture was not taken, for the person who chose it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sandbox.pictures import Limits, PictureError, RejectionReason
from sandbox.slots import BusyError


def explain(error: PictureError | BusyError, limits: Limits) -> str:
    if isinstance(error, BusyError):
        return _("Too many pictures are being processed right now. Wait a few seconds and try again.")
    if error.reason == RejectionReason.TOO_MANY_PIXELS:
        megapixels = limits.max_pixels // 1_000_000
        return _("This picture has too many pixels. Choose one with at most %(number)s megapixels.") % {
            "number": megapixels
        }
    if error.reason == RejectionReason.TOO_HARD:
        return _("This picture takes too long to process. Save it as a smaller JPEG and choose it again.")
    return _("We can’t read this file as a picture. Choose a JPEG, PNG, WebP, or AVIF file.")
