"""Stamps: one row for each thing that can change on public pages."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Stamp(models.Model):
    """Another number whenever the thing called ``name`` has changed.

    The row is written in the transaction that changes the thing, so a change
    and its stamp come together or not at all. ``moved`` turns true once the
    kept pages that show the thing are known to be stale; a sweep looks after
    rows whose process ended before it could say so.
    """

    name = models.CharField(max_length=120, unique=True)
    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    moved = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["changed_at"], condition=models.Q(moved=False), name="stamps_to_move")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
