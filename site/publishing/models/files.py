"""Pictures and documents. Originals are private; only renditions are ever mapped."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class SiteImage(AbstractImage):
    """A picture, with who made it."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, under which licence.")
    )

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")


class Rendition(AbstractRendition):
    """A picture in one size, public, its name never used for other bytes."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_size"
            ),
        ]


class SiteDocument(AbstractDocument):
    """A file to download. What is learned from reading it stands in tables beside it."""

    admin_form_fields = WagtailDocument.admin_form_fields

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Whoever hears of a new file writes about it in the same transaction.
        with transaction.atomic():
            super().save(*args, **kwargs)
