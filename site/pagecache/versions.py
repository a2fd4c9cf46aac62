"""Version numbers of what public pages show, so that caches can tell whether a copy is current."""

from __future__ import annotations

import secrets

from pagecache.models import Version


def bump(name: str) -> None:
    """Record, in the current transaction, that ``name`` has changed.

    One statement, whatever the number of pages that show it.
    """
    # Random, not counted: what was cached under a number is never found again under it.
    number = secrets.randbits(63)
    Version.objects.bulk_create(
        [Version(name=name, number=number)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["number"],
    )


def current(name: str) -> int | None:
    """Return the version of ``name``; None for what has never changed."""
    return Version.objects.filter(name=name).values_list("number", flat=True).first()
