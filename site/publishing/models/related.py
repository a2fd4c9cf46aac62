"""Links between related pages, stored once and shown on both."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable, Page


class Related(Orderable):
    """A related page that an editor chose; the link is shown on both pages."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="related_links")
    other = models.ForeignKey(
        Page, verbose_name=_("related page"), on_delete=models.CASCADE, related_name="related_from"
    )

    panels = [PageChooserPanel("other")]

    class Meta(Orderable.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("related pages")
        constraints = [
            models.UniqueConstraint(fields=["page", "other"], name="unique_relation"),
            models.CheckConstraint(condition=~models.Q(page=models.F("other")), name="not_related_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} ↔ {self.other_id}"

    def clean(self) -> None:
        if self.page_id is not None and self.page_id == self.other_id:
            raise ValidationError({"other": _("A page can’t be related to itself. Choose another page.")})
