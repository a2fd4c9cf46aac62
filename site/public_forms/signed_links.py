"""Links that are a key: signed over ids alone, for one purpose, for a while.

Nothing in them tells who wrote what. The ``salt`` names the purpose: a token
made with one is worthless with any other.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse


class LinkExpiredError(Exception):
    """The link was valid once."""


def sign(value: Any, *, salt: str, compress: bool = False) -> str:
    """Return a token for ``value``, which is anything that JSON holds."""
    return signing.dumps(value, salt=salt, compress=compress)


def signed_url(view: str, value: Any, *, salt: str) -> str:
    """Return the whole address of ``view``, whose one argument is a token for ``value``."""
    return settings.BASE_URL + reverse(view, args=[sign(value, salt=salt)])


def load(token: str, *, salt: str, max_age: timedelta) -> Any:
    """Return the value a token was made for; None for a forged one.

    Raises LinkExpiredError for one that is older than ``max_age``.
    """
    try:
        return signing.loads(token, salt=salt, max_age=max_age)
    except signing.SignatureExpired:
        raise LinkExpiredError from None
    except (signing.BadSignature, ValueError):
        return None


def load_id(token: str, *, salt: str, max_age: timedelta) -> int | None:
    """Return the one id a token is for; None and LinkExpiredError as with ``load``."""
    value = load(token, salt=salt, max_age=max_age)
    return value if isinstance(value, int) else None


def load_ids(token: str, *, salt: str, max_age: timedelta) -> list[int]:
    """Return the ids a token is for, none for a forged one; LinkExpiredError as with ``load``."""
    value = load(token, salt=salt, max_age=max_age)
    return value if isinstance(value, list) and all(isinstance(one, int) for one in value) else []


def load_fields(token: str, count: int, *, salt: str, max_age: timedelta) -> list[Any] | None:
    """Return the ``count`` values a token is for; None for a forged one. Expires like ``load``."""
    value = load(token, salt=salt, max_age=max_age)
    return value if isinstance(value, list) and len(value) == count else None
