"""What was learned from reading a document's file: stored beside the document, never on its row."""

from __future__ import annotations

import hashlib
from itertools import zip_longest
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from papers.files.warnings import StoredWarning, serialize, warning_sentences
from papers.pdf.reader import PageLayout
from papers.pdf.warnings import UPLOAD_WARNINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from papers.pdf.preflight import PreflightResult
    from papers.pdf.reader import PdfContent
    from publishing.models import SiteDocument


COVER_TYPES = {".webp": "image/webp", ".jpg": "image/jpeg", ".avif": "image/avif"}  # the preferred one first


class FileRecordQuerySet(models.QuerySet["FileRecord"]):
    def create_for(self, document: SiteDocument, examination: PreflightResult) -> FileRecord:
        """Replace the document's record by one of its new file, which waits to be read."""
        with transaction.atomic():
            self.filter(document=document).delete()
            return self.create(
                document=document,
                sha256=examination.sha256,
                size=examination.size,
                page_count=examination.page_count,
                warnings=serialize(examination.warnings),
            )


class FileRecord(models.Model):
    """One PDF: its checksum, its pages, and how the reading of it went."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        # Translators: past participle: the text of the file has been read.
        READ = "read", _("read")
        FAILED = "failed", _("could not be read")

    document = models.OneToOneField(
        "publishing.SiteDocument", on_delete=models.CASCADE, related_name="record"
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    page_count = models.PositiveIntegerField(_("pages"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    title = models.CharField(_("title in the file"), max_length=500, blank=True)
    language = models.CharField(_("language of the file"), max_length=35, blank=True)
    version = models.CharField(_("PDF version"), max_length=10, blank=True)
    tagged = models.BooleanField(_("tagged"), default=False)
    outline = models.JSONField(_("outline"), default=list, blank=True)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)
    # No ImageField: its size is known from whoever drew it, and nothing but the child opens it.
    cover = models.FileField(_("cover"), upload_to="covers", blank=True)
    cover_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    queued_at = models.DateTimeField(_("reading asked for at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = FileRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("file record")
        verbose_name_plural = _("file records")

    def __str__(self) -> str:
        return f"{self.document_id}: {self.sha256[:12]}"

    @property
    def cover_image(self) -> dict[str, object] | None:
        """Return the cover as url, avif, width and height; see ``Edition.cover_image``."""
        if not self.cover:
            return None
        size = {"width": self.cover_width, "height": self.cover_height}
        return {"url": self._cover_as(".webp"), "avif": self._cover_as(".avif"), **size}

    @property
    def jpeg_url(self) -> str:
        """Return the address of the cover for those who read no WebP, or nothing."""
        return self._cover_as(".jpg") if self.cover else ""

    def _cover_as(self, suffix: str) -> str:
        return reverse("paper_cover", args=[PurePath(str(self.cover.name)).stem, suffix[1:]])

    @property
    def file_summary(self) -> str:
        """Return type, pages and size: "PDF, 24 pages, 1.2 MB"."""
        if not self.page_count:
            return _("PDF, %(size)s") % {"size": filesizeformat(self.size)}
        words = ngettext("PDF, %(pages)s page, %(size)s", "PDF, %(pages)s pages, %(size)s", self.page_count)
        return words % {"pages": self.page_count, "size": filesizeformat(self.size)}

    @property
    def page_count_text(self) -> str:
        """Return the pages of a file that can't be downloaded: "24 pages, read online"."""
        words = ngettext("%(pages)s page, read online", "%(pages)s pages, read online", self.page_count)
        return words % {"pages": self.page_count}

    @property
    def progress(self) -> int:
        """Return how far processing has come: 1 stored, 2 read, 3 checked."""
        if self.state != self.State.READ:
            return 1
        return 3 if hasattr(self, "accessibility_report") else 2

    @property
    def is_finished(self) -> bool:
        """Say whether no further step of processing is to come."""
        return self.state == self.State.FAILED or self.progress == 3

    @property
    def warnings_text(self) -> list[str]:
        """Return what an editor should know about the file, in sentences."""
        return warning_sentences(self.warnings)

    def store_text(self, reading: PdfContent) -> bool:
        """Save the result of a reading in place of an earlier one: text, cover, outline, metadata.

        Returns False, and saves nothing, if the record was deleted meanwhile.
        """
        with transaction.atomic():
            if not self._lock():
                return False
            self.pages.all().delete()
            PageText.objects.bulk_create(
                (
                    PageText.from_layout(self, number, text, layout)
                    for number, (text, layout) in enumerate(
                        zip_longest(reading.pages, reading.layouts), start=1
                    )
                ),
                batch_size=200,
            )
            self._store_cover(reading.covers, reading.cover_size)
            self.title, self.language = reading.title, reading.language
            self.version, self.tagged = reading.version, reading.tagged
            self.outline = [
                {"level": heading.level, "title": heading.title, "page": heading.page}
                for heading in reading.outline
            ]
            self._save_result(self.State.READ, serialize(reading.warnings))
        return True

    def mark_failed(self, warning: str) -> bool:
        """Mark the file as one that can't be read, and why; returns False if the record was deleted."""
        return self._mark_unread(self.State.FAILED, warning)

    def mark_retry(self, warning: str) -> bool:
        """Leave the file waiting, and say why it was not read; returns False if the record was deleted."""
        return self._mark_unread(self.State.WAITING, warning)

    def _mark_unread(self, state: str, warning: str) -> bool:
        with transaction.atomic():
            if exists := self._lock():
                self._save_result(state, [{"kind": warning, "page": None}])
        return exists

    def _lock(self) -> bool:
        return FileRecord.objects.select_for_update().filter(pk=self.pk).exists()

    def _save_result(self, state: str, warnings: list[StoredWarning]) -> None:
        from_upload = [warning for warning in self.warnings if warning["kind"] in UPLOAD_WARNINGS]
        self.state, self.warnings, self.read_at = state, from_upload + warnings, timezone.now()
        self.save()

    def _store_cover(self, pictures: Sequence[Path], size: tuple[int, int] | None) -> None:
        """Store the cover in all its formats, under a name made of its bytes: it can be cached for good."""
        if not pictures or size is None:
            return
        digest = hashlib.sha256(pictures[0].read_bytes()).hexdigest()[:16]
        self.cover = cover_name(f"{self.sha256}-{digest}")
        self.cover_width, self.cover_height = size
        for picture, name in zip(pictures, cover_variants(self.cover.name), strict=True):
            if not default_storage.exists(name):
                with picture.open("rb") as file:
                    default_storage.save(name, File(file))


class PageText(models.Model):
    """The text of one page; ``number`` counts from 1."""

    record = models.ForeignKey(FileRecord, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(_("page"))
    text = models.TextField(_("text"), blank=True)
    tagged_blocks = models.JSONField(_("parts of the page, where it is tagged"), default=list, blank=True)
    width = models.FloatField(_("width in points"), null=True, blank=True)
    height = models.FloatField(_("height in points"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_text_a_page")]

    def __str__(self) -> str:
        return f"{self.record_id}, p. {self.number}"

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Return the blocks of the page: those its tags give, or else its paragraphs."""
        paragraphs = [text for text in self.text.split("\n\n") if text.strip()]
        return self.tagged_blocks or [{"kind": "text", "text": text} for text in paragraphs]

    @classmethod
    def from_layout(cls, record: FileRecord, number: int, text: str, layout: PageLayout | None) -> PageText:
        layout = layout or PageLayout()
        values = {"tagged_blocks": layout.blocks, "width": layout.width, "height": layout.height}
        return cls(record=record, number=number, text=text, **values)


def cover_name(stem: str) -> str:
    """Return the file name under which a record knows its cover."""
    return f"covers/{stem}.webp"


def cover_variants(name: str) -> list[str]:
    """Return the file names of a cover in each of its formats."""
    return [str(PurePath(name).with_suffix(suffix)) for suffix in COVER_TYPES]
