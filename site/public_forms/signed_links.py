"""Links that are a key: signed over numbers alone, for one purpose, for a while.

Nothing in them tells who wrote what.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse


class TooLate(Exception):
    """The link was good once."""


def link(view: str, purpose: str, *numbers: int) -> str:
    """Return the whole address of ``view``, with a token for ``numbers``."""
    return settings.BASE_URL + reverse(view, args=[signing.dumps(numbers, salt=f"discussion.{purpose}")])


def signed(token: str, *, salt: str, good_for: timedelta) -> Any:
    """Return what a token was made of; None for one of nobody's making.

    Raises TooLate for one that is older than ``good_for``.
    """
    try:
        return signing.loads(token, salt=salt, max_age=good_for)
    except signing.SignatureExpired:
        raise TooLate from None
    except (signing.BadSignature, ValueError):
        return None


def number_in(token: str, *, salt: str, good_for: timedelta) -> int | None:
    """Return the one number a token is for; as ``signed`` in all else."""
    found = signed(token, salt=salt, good_for=good_for)
    return found if isinstance(found, int) else None


def numbers_in(token: str, purpose: str, *, good_for: timedelta) -> list[int]:
    """Return the numbers a token is for; none for one of nobody's making.

    Raises TooLate for one that is older than ``good_for``.
    """
    found = signed(token, salt=f"discussion.{purpose}", good_for=good_for)
    return found if isinstance(found, list) and all(isinstance(one, int) for one in found) else []
