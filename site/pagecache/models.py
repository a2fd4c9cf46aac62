"""One row for each thing that public pages show and that can change."""

from __future__ import annotations

from django.db import models


class Version(models.Model):
    """The version of the thing called ``name``: another number after every change.

    The row is written in the transaction that changes the thing, so a change
    and its version are committed together or not at all.
    """

    name = models.CharField(max_length=120, unique=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
