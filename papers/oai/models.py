"""What harvesters have been told of: one row a paper, which outlives it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class HarvestedQuerySet(models.QuerySet["Harvested"]):
    def in_order(self) -> HarvestedQuerySet:
        return self.order_by("datestamp", "paper_number")


class Harvested(models.Model):
    """A paper as harvesters know it.

    ``datestamp`` is when the site noticed the change, to the second: whoever
    asks for what is new since their last visit misses nothing.
    """

    paper_number = models.PositiveBigIntegerField(unique=True)  # no foreign key: the row outlives the page
    version = models.CharField(max_length=100)
    is_deleted = models.BooleanField(default=False)
    datestamp = models.DateTimeField(default=timezone.now)

    objects = HarvestedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["datestamp", "paper_number"], name="harvested_in_order")]

    def __str__(self) -> str:
        return f"{self.paper_number}: {self.datestamp:%Y-%m-%d}{' (deleted)' if self.is_deleted else ''}"
