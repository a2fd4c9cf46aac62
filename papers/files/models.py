"""What was learned from reading a document: kept beside it, never on its row."""

from __future__ import annotations

import hashlib
from itertools import zip_longest
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from papers.files.warnings import Stored, in_words, stored
from papers.pdf.reader import PageLayout
from papers.pdf.warnings import UPLOAD_WARNINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from papers.pdf.preflight import PreflightResult
    from papers.pdf.reader import PdfContent
    from publishing.models import SiteDocument


def public_storage() -> Storage:
    """Return where covers live; read late, so that a migration names no folder."""
    return storages["public"]


class FileRecordQuerySet(models.QuerySet["FileRecord"]):
    def begin(self, document: SiteDocument, examination: PreflightResult) -> FileRecord:
        """Forget what was known of the document's file; note the new one, waiting to be read."""
        with transaction.atomic():
            self.filter(document=document).delete()
            return self.create(
                document=document,
                sha256=examination.sha256,
                size=examination.size,
                page_count=examination.page_count,
                findings=stored(examination.warnings),
            )


class FileRecord(models.Model):
    """One PDF: its checksum, its pages, and how the reading of it went."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
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
    findings = models.JSONField(_("findings"), default=list, blank=True)
    cover = models.ImageField(
        _("cover"), storage=public_storage, upload_to="covers", blank=True,
        width_field="cover_width", height_field="cover_height",
    )  # fmt: skip
    cover_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("reading asked for at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = FileRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("file record")
        verbose_name_plural = _("file records")

    def __str__(self) -> str:
        return f"{self.document_id}: {self.sha256[:12]}"

    @property
    def picture(self) -> dict[str, object] | None:
        """Return the cover as url, avif, width and height; no file is opened for it."""
        if not self.cover:
            return None
        size = {"width": self.cover_width, "height": self.cover_height}
        return {"url": self.cover.url, "avif": self._cover_as(".avif"), **size}

    @property
    def jpeg_url(self) -> str:
        """Return the address of the cover for those who read no WebP, or nothing."""
        return self._cover_as(".jpg") if self.cover else ""

    def _cover_as(self, suffix: str) -> str:
        return self.cover.storage.url(str(PurePath(self.cover.name).with_suffix(suffix)))

    @property
    def facts(self) -> str:
        """Return what to expect of a download: "PDF, 24 pages, 1.2 MB"."""
        if not self.page_count:
            return _("PDF, %(size)s") % {"size": filesizeformat(self.size)}
        words = ngettext("PDF, %(pages)s page, %(size)s", "PDF, %(pages)s pages, %(size)s", self.page_count)
        return words % {"pages": self.page_count, "size": filesizeformat(self.size)}

    @property
    def pages_in_words(self) -> str:
        """Return what to expect where there is no download: "24 pages, read online"."""
        words = ngettext("%(pages)s page, read online", "%(pages)s pages, read online", self.page_count)
        return words % {"pages": self.page_count}

    @property
    def steps_done(self) -> int:
        """Return how far the file has come: 1 kept, 2 read, 3 checked."""
        if self.state != self.State.READ:
            return 1
        return 3 if hasattr(self, "report") else 2

    @property
    def is_settled(self) -> bool:
        """Say whether nothing more will be learned of the file by itself."""
        return self.state == self.State.FAILED or self.steps_done == 3

    @property
    def remarks(self) -> list[str]:
        """Return what an editor should know about the file, in sentences."""
        return in_words(self.findings)

    def learn(self, reading: PdfContent) -> bool:
        """Keep what a reading found, in place of what one found before.

        Returns False, and keeps nothing, where the document or its file has gone meanwhile.
        """
        with transaction.atomic():
            if not self._hold():
                return False
            self.pages.all().delete()
            PageText.objects.bulk_create(
                (
                    PageText.of(self, number, text, layout)
                    for number, (text, layout) in enumerate(
                        zip_longest(reading.pages, reading.layouts), start=1
                    )
                ),
                batch_size=200,
            )
            self._keep_cover(reading.covers)
            self.title, self.language = reading.title, reading.language
            self.version, self.tagged = reading.version, reading.tagged
            self.outline = [
                {"level": heading.level, "title": heading.title, "page": heading.page}
                for heading in reading.outline
            ]
            self._end(self.State.READ, stored(reading.warnings))
        return True

    def give_up(self, finding: str) -> bool:
        """Say why this file will not be read; returns False where it has gone meanwhile."""
        return self._leave_unread(self.State.FAILED, finding)

    def wait_on(self, finding: str) -> bool:
        """Say what kept the reading from happening this time; returns False where the file has gone."""
        return self._leave_unread(self.State.WAITING, finding)

    def _leave_unread(self, state: str, finding: str) -> bool:
        with transaction.atomic():
            if held := self._hold():
                self._end(state, [{"kind": finding, "page": None}])
        return held

    def _hold(self) -> bool:
        return FileRecord.objects.select_for_update().filter(pk=self.pk).exists()

    def _end(self, state: str, found: list[Stored]) -> None:
        at_the_form = [finding for finding in self.findings if finding["kind"] in UPLOAD_WARNINGS]
        self.state, self.findings, self.read_at = state, at_the_form + found, timezone.now()
        self.save()

    def _keep_cover(self, pictures: Sequence[Path]) -> None:
        """Store the pictures under a name that their bytes alone give them, so it never changes meaning."""
        if not pictures:
            return
        digest = hashlib.sha256(pictures[0].read_bytes()).hexdigest()[:16]
        storage = public_storage()
        for picture in pictures:
            name = f"covers/{self.sha256}-{digest}{picture.suffix}"
            if not storage.exists(name):
                with picture.open("rb") as file:
                    storage.save(name, File(file))
        self.cover = f"covers/{self.sha256}-{digest}{pictures[0].suffix}"


class PageText(models.Model):
    """The words on one page, numbered from 1 as people count."""

    record = models.ForeignKey(FileRecord, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(_("page"))
    text = models.TextField(_("text"), blank=True)
    blocks = models.JSONField(_("parts of the page, where it is tagged"), default=list, blank=True)
    width = models.FloatField(_("width in points"), null=True, blank=True)
    height = models.FloatField(_("height in points"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_text_a_page")]

    def __str__(self) -> str:
        return f"{self.record_id}, p. {self.number}"

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Return the parts of the page: as the file names them where it does, else its paragraphs."""
        paragraphs = [words for words in self.text.split("\n\n") if words.strip()]
        return self.blocks or [{"kind": "text", "text": words} for words in paragraphs]

    @classmethod
    def of(cls, record: FileRecord, number: int, text: str, layout: PageLayout | None) -> PageText:
        layout = layout or PageLayout()
        parts = {"blocks": layout.blocks, "width": layout.width, "height": layout.height}
        return cls(record=record, number=number, text=text, **parts)


def kinds_of_cover(name: str) -> list[str]:
    """Return the names of the same cover in each of its kinds."""
    return [str(PurePath(name).with_suffix(suffix)) for suffix in (".webp", ".jpg", ".avif")]
