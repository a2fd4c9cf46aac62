"""The one form by which files come in: single upload, multiple upload and choosers."""

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

from papers.files.duplicates import warnings_about
from papers.files.local_file import on_disk
from papers.files.sanitize import made_harmless
from papers.models import FileRecord
from papers.pdf import preflight as examining
from papers.pdf.preflight import PreflightError, PreflightResult, RejectionReason
from publishing.models import SiteDocument

WHAT_TO_DO = {
    RejectionReason.NOT_A_PDF: _(
        "This file is not a PDF, whatever its name says. "
        "Export it as PDF from the program it was written in, and choose that file."
    ),
    RejectionReason.ENCRYPTED: _(
        "This PDF is locked with a password, so nobody could read it here. "
        "Save it without a password and choose it again."
    ),
    RejectionReason.BROKEN: _(
        "This PDF is damaged and can't be opened. "
        "Export it once more from the program it was written in, and choose the new file."
    ),
    RejectionReason.TOO_HARD: _(
        "This PDF takes too much time or memory to open. "
        "Save it again, optimized or with a reduced size, and choose the new file."
    ),
}
TOO_MANY_PAGES = _("This PDF has more than %(most)s pages. Divide it into parts and upload them one by one.")
TOO_BIG = _(
    "This file is too big (%(file_size)s). The most is %(max_filesize)s: "
    "save it with smaller pictures, or in parts."
)
TOO_BIG_UNSAID = _("This file is too big. The most is %(most)s: save it with smaller pictures, or in parts.")
UNDER_ANOTHER_NAME = _(
    "This is a PDF under another name. Give it a name that ends in .pdf and choose it again."
)
USED_BY_AN_EDITION = _(
    "This is the file of %(edition)s, and the file of an edition is never overwritten. "
    "Add an edition to the paper instead."
)


class DocumentForm(BaseDocumentForm):
    """Wagtail's document form, which looks into a PDF before it takes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound and "title" in self.fields:
            self.fields["title"].help_text = " ".join(notes_on(self.instance))
        if "file" in self.fields:
            field = self.fields["file"]
            field.error_messages["file_too_large"] = TOO_BIG
            field.error_messages["file_too_large_unknown_size"] = TOO_BIG_UNSAID % {
                "most": field.max_upload_size_text
            }

    def clean_file(self) -> Any:
        """Refuse what won't do, and leave what was learned on the document, which keeps it when saved."""
        upload = self.cleaned_data["file"]
        if not isinstance(upload, UploadedFile):
            return upload
        self._leave_editions_alone()
        if not is_pdf(upload.name) and begins_like_a_pdf(upload):
            raise ValidationError(UNDER_ANOTHER_NAME, code="under-another-name")
        self.instance.examination = None
        if is_pdf(upload.name):
            upload, self.instance.examination = taken(upload)
        return upload

    def _leave_editions_alone(self) -> None:
        edition = self.instance.editions.select_related("paper").first() if self.instance.pk else None
        if edition is not None:
            raise ValidationError(USED_BY_AN_EDITION % {"edition": edition}, code="used-by-an-edition")

    def add_error(self, field: str | None, error: Any) -> None:
        """Pass over what the model says of a file that was judged already: refused just now, or kept before.

        It would complain that a refused file has no extension; and in Wagtail's
        form for a file kept without a good title there is no field to say it at.
        """
        about = getattr(error, "error_dict", {})
        judged = "file" not in self.fields or "file" in self.errors
        if judged and about.pop("file", None) and not about:
            return
        super().add_error(field, error)

    def save(self, commit: bool = True) -> SiteDocument:
        if "file" not in self.fields and self.instance.pk is None and is_pdf(self.instance.file.name):
            self._take_what_was_kept()
        # The document and what is known of its file come together or not at all.
        with transaction.atomic():
            return super().save(commit=commit)

    def _take_what_was_kept(self) -> None:
        """Take in a file that Wagtail kept as it came, while its other fields were put right."""
        kept = self.instance.file
        file, self.instance.examination = taken(kept)
        if file is not kept:
            raw, name = kept.name, PurePath(kept.name).name
            self.instance.file.save(name, file, save=False)
            self.instance.file.storage.delete(raw)
            self.instance._set_document_file_metadata()


def is_pdf(name: str | None) -> bool:
    return PurePath(name or "").suffix.lower() == ".pdf"


def notes_on(document: SiteDocument) -> list[str]:
    """Return what to tell whoever has just uploaded a file: doubles, and what the form did to it."""
    record = FileRecord.objects.filter(document=document.pk).first()
    return [*warnings_about(document), *(record.remarks if record else [])]


def begins_like_a_pdf(file: File) -> bool:
    file.seek(0)
    beginning = file.read(1024)
    file.seek(0)
    return beginning.lstrip(examining.ALLOWED_BEFORE_SIGNATURE).startswith(examining.SIGNATURE)


def examined(file: File) -> PreflightResult:
    """Return what is known of a PDF; raises ValidationError with a sentence that says what to do."""
    most = getattr(settings, "PDF_MAX_PAGES", examining.MAX_PAGES)
    try:
        with on_disk(file) as path:
            return examining.run_preflight(path, max_pages=most)
    except PreflightError as refused:
        if refused.reason == RejectionReason.TOO_MANY_PAGES:
            raise ValidationError(TOO_MANY_PAGES % {"most": f"{most:,}"}, code=refused.reason) from refused
        raise ValidationError(WHAT_TO_DO[refused.reason], code=refused.reason) from refused


def taken(file: File) -> tuple[File, PreflightResult]:
    """Return a PDF as it is to be kept, harmless, and what is known of that; raises ValidationError."""
    before = examined(file)
    try:
        kept, findings = made_harmless(file)
    except PreflightError as refused:
        raise ValidationError(WHAT_TO_DO[refused.reason], code=refused.reason) from refused
    examination = before if kept is file else examined(kept)
    return kept, replace(examination, warnings=before.warnings + findings)


def take_in(file: File, *, title: str, **fields: Any) -> SiteDocument:
    """Keep a PDF that comes by another way than the form; raises ValidationError as the form would.

    The document, its record and the order to read it stand in one transaction.
    """
    file, examination = taken(file)
    with transaction.atomic():
        document = SiteDocument(title=title, file=file, **fields)
        document.examination = examination
        document._set_document_file_metadata()
        document.save()
    return document
