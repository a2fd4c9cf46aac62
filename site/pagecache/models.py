"""Changes that have been committed and may not have been published yet."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """One change of what is called ``name``.

    The row is written in the transaction that makes the change, so both are
    committed or neither is. After the commit the number becomes the version of
    the name; a sweep does so where the process ended in between, and deletes
    the row.

    Rows are only ever added, so that no writer waits for another's.
    """

    name = models.CharField(max_length=120)
    number = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class DatabaseMark(models.Model):
    """One number, the same in the table of versions: another one says that a backup was restored."""

    number = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return str(self.number)
