"""Substantial changes of a page, shown to readers as "Updated on"."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page


class Change(Orderable):
    """A change that an editor marked as substantial; correcting a typo leaves no row."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="changes")
    changed_on = models.DateField(_("date"), default=timezone.localdate)
    note = models.CharField(
        _("public note"),
        max_length=300,
        blank=True,
        help_text=_("What changed, in one sentence."),
    )

    panels = [FieldPanel("changed_on"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-changed_on", "-sort_order"]

    def __str__(self) -> str:
        return f"{self.changed_on}: {self.note}"
