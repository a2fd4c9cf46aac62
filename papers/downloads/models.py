"""Downloads per edition and month; nothing is stored about who downloaded."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from pagecache.dependencies import expires_at, next_midnight
from publishing.routing import share_site_root_paths


class DownloadCountQuerySet(models.QuerySet["DownloadCount"]):
    def add_one(self, edition_id: int) -> None:
        """Count one download this month, in one statement except for the first of a month."""
        month = self.filter(edition_id=edition_id, month=this_month())
        if not month.update(number=F("number") + 1):
            first = DownloadCount(edition_id=edition_id, month=this_month(), number=0)
            DownloadCount.objects.bulk_create(
                [first], ignore_conflicts=True
            )  # two readers may be first at once
            month.update(number=F("number") + 1)

    def by_month(self) -> DownloadCountQuerySet:
        return self.order_by("month", "edition__number").select_related("edition")


class DownloadCount(models.Model):
    edition = models.ForeignKey("papers.Edition", on_delete=models.CASCADE, related_name="downloads")
    month = models.DateField(_("month"), help_text=_("Its first day."))
    number = models.PositiveIntegerField(_("downloads"), default=0)

    objects = DownloadCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("downloads of a month")
        verbose_name_plural = _("downloads by month")
        constraints = [
            models.UniqueConstraint(fields=["edition", "month"], name="one_count_an_edition_and_month")
        ]
        indexes = [models.Index(fields=["month"], name="downloads_by_month")]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.month:%Y-%m}: {self.number}"


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def most_read(editions: models.QuerySet, *, months: int = 12, limit: int = 5) -> list[Page]:
    """Return the papers of ``editions`` with the most downloads in the last ``months``; one query.

    Each has its title and its ``url``; nothing else of it is loaded.
    """
    today = timezone.localdate()
    expires_at(next_midnight())
    year, month = divmod(today.year * 12 + today.month - months, 12)
    counted = (
        DownloadCount.objects.filter(edition__in=editions, month__gte=date(year, month + 1, 1))
        .values_list("edition__paper", "edition__paper__title", "edition__paper__url_path")
        .annotate(total=Sum(F("number")))
        .order_by("-total", "-edition__paper")
    )
    pages = [Page(pk=pk, title=title, url_path=url_path) for pk, title, url_path, _total in counted[:limit]]
    share_site_root_paths(pages)
    return pages
