"""The form through which all files come in: single upload, multiple upload and choosers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from papers.files.duplicates import best_title, duplicate_warnings
from papers.files.models import FileRecord
from papers.files.sanitize import strip_active_content
from papers.pages import Paper
from papers.pdf import preflight as examining
from papers.pdf.preflight import PreflightError, PreflightResult, RejectionReason
from publishing.models import SiteDocument
from sandbox.local_file import on_disk

REJECTION_MESSAGES = {
    RejectionReason.NOT_A_PDF: _(
        "This file is not a PDF, although its name ends in .pdf. "
        "Export it as a PDF from the program it was written in, and choose that file."
    ),
    RejectionReason.ENCRYPTED: _(
        "This PDF is protected with a password, so readers could not open it. "
        "Save it without a password and choose it again."
    ),
    RejectionReason.BROKEN: _(
        "This PDF is damaged and can’t be opened. "
        "Export it again from the program it was written in, and choose the new file."
    ),
    RejectionReason.TOO_HARD: _(
        "This PDF takes too much time or memory to open. "
        "Save it again, optimized or with a reduced size, and choose the new file."
    ),
}
TOO_MANY_PAGES = _("This PDF has more than %(most)s pages. Split it into parts and upload each part.")
TOO_BIG = _(
    "This file is too large (%(file_size)s). The maximum is %(max_filesize)s. "
    "Save it with smaller pictures, or in parts."
)
TOO_BIG_UNKNOWN_SIZE = _(
    "This file is too large. The maximum is %(most)s. Save it with smaller pictures, or in parts."
)
WRONG_NAME = _(
    "This is a PDF, but its name does not end in .pdf. "
    "Rename it, for example to report.pdf, and choose it again."
)
USED_BY_AN_EDITION = _(
    "This file belongs to %(edition)s, and the file of an edition can’t be replaced. "
    "Add an edition to the white paper instead."
)


class DocumentForm(BaseDocumentForm):
    """Wagtail's document form, which checks a PDF before it accepts it.

    What it finds out lies on ``document.examination`` until the document is
    saved, when ``papers.intake.receivers`` stores it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound and "title" in self.fields:
            self.fields["title"].help_text = " ".join(upload_notes(self.instance))
        if "file" in self.fields:
            field = self.fields["file"]
            field.error_messages["file_too_large"] = TOO_BIG
            field.error_messages["file_too_large_unknown_size"] = TOO_BIG_UNKNOWN_SIZE % {
                "most": field.max_upload_size_text
            }

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not isinstance(upload, UploadedFile):
            return upload
        self._refuse_to_overwrite_an_edition()
        if not is_pdf(upload.name) and begins_like_a_pdf(upload):
            raise ValidationError(WRONG_NAME, code="under-another-name")
        self.instance.examination = None
        if is_pdf(upload.name):
            upload, self.instance.examination = preflight_upload(upload)
        return upload

    def _refuse_to_overwrite_an_edition(self) -> None:
        edition = self.instance.editions.select_related("paper").first() if self.instance.pk else None
        if edition is not None:
            raise ValidationError(USED_BY_AN_EDITION % {"edition": edition}, code="used-by-an-edition")

    def add_error(self, field: str | None, error: Any) -> None:
        """Drop what the model says about a file that this form has already rejected, or accepted before.

        It would complain that a rejected file has no extension; and in Wagtail's
        form for an uploaded file without a good title there is no file field.
        """
        errors = getattr(error, "error_dict", {})
        is_judged = "file" not in self.fields or "file" in self.errors
        if is_judged and errors.pop("file", None) and not errors:
            return
        super().add_error(field, error)

    def save(self, commit: bool = True) -> SiteDocument:
        if "file" not in self.fields and self.instance.pk is None and is_pdf(self.instance.file.name):
            self._preflight_saved_file()
        # The document and what is known of its file are saved together or not at all.
        with transaction.atomic():
            return super().save(commit=commit)

    def _preflight_saved_file(self) -> None:
        """Check a file that Wagtail saved as it came, while its other fields were corrected."""
        saved = self.instance.file
        file, self.instance.examination = preflight_upload(saved)
        if file is not saved:
            old_name = saved.name
            self.instance.file.save(PurePath(old_name).name, file, save=False)
            self.instance.file.storage.delete(old_name)
            self.instance._set_document_file_metadata()


def is_pdf(name: str | None) -> bool:
    return PurePath(name or "").suffix.lower() == ".pdf"


def begins_like_a_pdf(file: File) -> bool:
    file.seek(0)
    beginning = file.read(1024)
    file.seek(0)
    return beginning.lstrip(examining.ALLOWED_BEFORE_SIGNATURE).startswith(examining.SIGNATURE)


def upload_warnings(document: SiteDocument) -> list[str]:
    """Return sentences about copies of a file just uploaded, and about papers with a similar title."""
    titles = Paper.objects.order_by("pk").values_list("title", flat=True)
    return duplicate_warnings(document, best_title(document), titles.iterator())


def upload_notes(document: SiteDocument) -> list[str]:
    """Return what an editor should know about an uploaded file: duplicates, and what was removed."""
    record = FileRecord.objects.filter(document=document.pk).first()
    return [*upload_warnings(document), *(record.warnings_text if record else [])]


def examine(file: File) -> PreflightResult:
    """Return size, checksum and page count of a PDF; raises ValidationError with advice to the editor."""
    most = getattr(settings, "PDF_MAX_PAGES", examining.MAX_PAGES)
    try:
        with on_disk(file) as path:
            return examining.run_preflight(path, max_pages=most)
    except PreflightError as error:
        raise rejection(error, max_pages=most) from error


def rejection(error: PreflightError, *, max_pages: int = 0) -> ValidationError:
    if error.reason == RejectionReason.TOO_MANY_PAGES:
        return ValidationError(TOO_MANY_PAGES % {"most": f"{max_pages:,}"}, code=error.reason)
    return ValidationError(REJECTION_MESSAGES[error.reason], code=error.reason)


def preflight_upload(file: File) -> tuple[File, PreflightResult]:
    """Return a PDF without active content, and what is known of it; raises ValidationError."""
    examination = examine(file)
    try:
        clean, warnings = strip_active_content(file)
    except PreflightError as error:
        raise rejection(error) from error
    cleaned = examination if clean is file else examine(clean)
    return clean, replace(cleaned, warnings=examination.warnings + warnings)


def create_document(file: File, *, title: str, **fields: Any) -> SiteDocument:
    """Save a PDF that comes by another way than the form; raises ValidationError as the form would.

    The document, its record and the task that reads it stand in one transaction.
    """
    file, examination = preflight_upload(file)
    with transaction.atomic():
        document = SiteDocument(title=title, file=file, **fields)
        document.examination = examination
        document._set_document_file_metadata()
        document.save()
    return document
