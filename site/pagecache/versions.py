"""Saying that something on public pages has changed."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pagecache.models import Stamp

OVERDUE = timedelta(seconds=5)


def touch(name: str) -> None:
    """Write that ``name`` has changed, with the transaction under way; move the stamp after commit.

    One statement, whatever the number of pages that show it.
    """
    # Drawn, not counted or told by a clock: what is kept under one number is never found again under it.
    number = secrets.randbits(63)
    Stamp.objects.bulk_create(
        [Stamp(name=name, number=number, changed_at=timezone.now(), moved=False)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["number", "changed_at", "moved"],
    )
    transaction.on_commit(lambda: move(name), robust=True)


def number(name: str) -> int | None:
    """Return the number ``name`` has now; None for what has never changed."""
    return Stamp.objects.filter(name=name).values_list("number", flat=True).first()


def move(name: str) -> None:
    """Make the change known to whoever keeps pages, then mark the row."""
    row = Stamp.objects.filter(name=name, moved=False).first()
    if row is None:
        return
    place(name).parent.mkdir(parents=True, exist_ok=True)
    place(name).write_text(str(row.number))
    Stamp.objects.filter(pk=row.pk, number=row.number).update(moved=True)


def sweep() -> int:
    """Move the stamps whose commit hook never ran; return how many."""
    late = Stamp.objects.filter(moved=False, changed_at__lt=timezone.now() - OVERDUE)
    names = list(late.values_list("name", flat=True))
    for name in names:
        move(name)
    return len(names)


def place(name: str) -> Path:
    """Return the file that tells the number of ``name``."""
    return Path(settings.DATA_DIR) / "stamps" / name.replace("/", "_")
