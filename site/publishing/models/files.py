"""Images and documents. Originals are private; only renditions have public URLs."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class SiteImage(AbstractImage):
    """An image with a credit."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("The creator and the license.")
    )

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class Rendition(AbstractRendition):
    """An image in one size; public, and its file name never gets other content."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            ),
        ]


class SiteDocument(AbstractDocument):
    """A file to download. What its text and checks say is in tables of its own."""

    admin_form_fields = WagtailDocument.admin_form_fields

    def save(self, *args: Any, **kwargs: Any) -> None:
        # So that receivers write about a new file in the same transaction.
        with transaction.atomic():
            super().save(*args, **kwargs)
