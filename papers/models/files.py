"""What was learned from reading a document: kept beside it, never on its row."""

from __future__ import annotations

from django.core.files.storage import Storage, storages
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


def public_storage() -> Storage:
    """Return where covers live; read late, so that a migration names no folder."""
    return storages["public"]


class FileRecord(models.Model):
    """One PDF: its checksum, its pages, and how the reading of it went."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READ = "read", _("read")
        FAILED = "failed", _("could not be read")

    document = models.OneToOneField("publishing.SiteDocument", on_delete=models.CASCADE, related_name="record")
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    page_count = models.PositiveIntegerField(_("pages"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    title = models.CharField(_("title in the file"), max_length=500, blank=True)
    language = models.CharField(_("language of the file"), max_length=35, blank=True)
    version = models.CharField(_("PDF version"), max_length=10, blank=True)
    tagged = models.BooleanField(_("tagged"), default=False)
    outline = models.JSONField(_("outline"), default=list, blank=True)
    findings = models.JSONField(_("findings"), default=list, blank=True)
    cover = models.ImageField(
        _("cover"), storage=public_storage, upload_to="covers", blank=True,
        width_field="cover_width", height_field="cover_height",
    )  # fmt: skip
    cover_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file record")
        verbose_name_plural = _("file records")

    def __str__(self) -> str:
        return f"{self.document_id}: {self.sha256[:12]}"

    @property
    def picture(self) -> dict[str, object] | None:
        """Return the cover as url, width and height; no file is opened for it."""
        if not self.cover:
            return None
        return {"url": self.cover.url, "width": self.cover_width, "height": self.cover_height}

    @property
    def facts(self) -> str:
        """Return what to expect of a download: "PDF, 24 pages, 1.2 MB"."""
        words = ngettext("PDF, %(pages)s page, %(size)s", "PDF, %(pages)s pages, %(size)s", self.page_count)
        return words % {"pages": self.page_count, "size": filesizeformat(self.size)}


class PageText(models.Model):
    """The words on one page, numbered from 1 as people count."""

    record = models.ForeignKey(FileRecord, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(_("page"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_text_a_page")]

    def __str__(self) -> str:
        return f"{self.record_id}, p. {self.number}"
