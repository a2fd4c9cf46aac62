"""The records that harvesters know: one row per paper, which outlives it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class OAIRecordQuerySet(models.QuerySet["OAIRecord"]):
    def in_order(self) -> OAIRecordQuerySet:
        return self.order_by("datestamp", "paper_number")


class OAIRecord(models.Model):
    """A paper as harvesters know it.

    ``datestamp`` is when the site noticed the change, to the second, so that a
    harvester who asks for what is new since the last visit misses nothing.
    """

    paper_number = models.PositiveBigIntegerField(unique=True)  # no foreign key: the row outlives the page
    version = models.CharField(max_length=100)
    is_deleted = models.BooleanField(default=False)
    datestamp = models.DateTimeField(default=timezone.now)

    objects = OAIRecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["datestamp", "paper_number"], name="oai_records_in_order")]

    def __str__(self) -> str:
        return f"{self.paper_number}: {self.datestamp:%Y-%m-%d}{' (deleted)' if self.is_deleted else ''}"
