"""Images and documents. Originals are private; only renditions have public URLs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    SourceImageIOError,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.images.models import Image as WagtailImage

from publishing.images import rendering
from publishing.images.fields import ImageField
from sandbox.pictures import PictureError
from sandbox.slots import BusyError


class SiteImage(AbstractImage):
    """An image with a credit. Its file is opened in a child process only, by a task or for an editor."""

    file = ImageField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("The creator and the license.")
    )
    # Which list of renditions a task has made, by ``usages.version()``; empty before.
    renditions_made = models.CharField(max_length=16, blank=True, editable=False, db_index=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the image; what was drawn from another file goes with that file."""
        has_other_file = self.pk is not None and bool(self.file) and not self.file._committed
        with transaction.atomic():
            if has_other_file:
                self.renditions.all().delete()
            super().save(*args, **kwargs)

    def get_willow_image(self) -> Any:
        """Raises SourceImageIOError: Wagtail would decode the original in this process."""
        raise SourceImageIOError("Images are decoded in a child process only.")

    def get_rendition(self, wanted: Filter | str) -> AbstractRendition:
        """Return a rendition, made now if it is missing; for the admin. See ``ready_renditions``."""
        try:
            return super().get_rendition(wanted)
        except (PictureError, BusyError, OSError):
            return self._no_rendition()

    def get_renditions(self, *filters: Filter | str) -> dict[str, AbstractRendition]:
        try:
            return super().get_renditions(*filters)
        except (PictureError, BusyError, OSError):
            specs = [getattr(wanted, "spec", wanted) for wanted in filters]
            return {spec: self._no_rendition() for spec in specs}

    def _no_rendition(self) -> AbstractRendition:
        """Return what Wagtail shows as a broken image, with its alternative text."""
        rendition = Rendition(image=self, width=0, height=0)
        rendition.file.name = "not-found"
        return rendition

    def create_rendition(self, wanted: Filter) -> AbstractRendition:
        return self.create_renditions(wanted)[wanted]

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """Make renditions in one child process. Raises what ``rendering.draw`` does."""
        if not filters:
            return {}
        files = rendering.draw(self, filters)
        return {
            wanted: self.renditions.get_or_create(
                filter_spec=wanted.spec,
                focal_point_key=wanted.get_cache_key(self),
                defaults={"file": file},
            )[0]
            for wanted, file in files.items()
        }

    def ready_renditions(self, *filters: Filter) -> dict[str, AbstractRendition]:
        """Return the renditions that exist, by their specs, and keep them in the cache; none is made."""
        found = self.find_existing_renditions(*filters)
        uncached = {
            Rendition.construct_cache_key(self, wanted.get_cache_key(self), wanted.spec): rendition
            for wanted, rendition in found.items()
            if not getattr(rendition, "_from_cache", False)
        }
        for rendition in uncached.values():
            rendition._from_cache = True  # as Wagtail marks what need not be written to the cache again
        if uncached:
            Rendition.cache_backend.set_many(uncached)
        return {wanted.spec: found[wanted] for wanted in filters if wanted in found}

    def missing_renditions(self, filters: Sequence[Filter]) -> list[Filter]:
        """Return the filters for which the database has no rendition of the present focal point."""
        keys = set(self.renditions.values_list("filter_spec", "focal_point_key"))
        return [wanted for wanted in filters if (wanted.spec, wanted.get_cache_key(self)) not in keys]


class Rendition(AbstractRendition):
    """An image in one size; public, and its file name never gets other content."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")
    file = ImageField(
        upload_to=get_rendition_upload_to, storage=get_rendition_storage, width_field="width",
        height_field="height",
    )  # fmt: skip

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
