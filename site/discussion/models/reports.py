"""What readers tell moderators about a comment."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        return self.filter(settled_at=None)

    def settle(self) -> int:
        """Mark these as dealt with; return how many were not."""
        return self.open().update(settled_at=timezone.now())


class Report(models.Model):
    """One reader's report; ``by`` is empty for a guest. ``rule`` 0 is none of the house rules."""

    comment = models.ForeignKey("discussion.Comment", on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    rule = models.PositiveSmallIntegerField(_("house rule"), default=0)
    words = models.TextField(_("in their words"), blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "by"],
                condition=Q(settled_at=None),
                name="one_open_report_a_member",
            )
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}"
