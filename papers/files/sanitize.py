"""What a PDF would do by itself is taken out as it comes in, or refused; the settings say which."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePath
from tempfile import SpooledTemporaryFile, TemporaryDirectory

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from papers.files.local_file import on_disk
from papers.pdf import active_content
from papers.pdf.active_content import ActiveContent
from papers.pdf.warnings import PdfWarning, WarningKind

NOT_TAKEN = _(
    "This PDF holds scripts, actions that start programs, or other files. "
    "Save it without them, for instance as PDF/A, and choose it again."
)
TAKEN_OUT = {
    ActiveContent.JAVASCRIPT: PdfWarning(WarningKind.JAVASCRIPT_REMOVED),
    ActiveContent.LAUNCH: PdfWarning(WarningKind.LAUNCH_REMOVED),
    ActiveContent.EMBEDDED: PdfWarning(WarningKind.EMBEDDED_REMOVED),
}
IN_MEMORY = 5 * 1024 * 1024  # bytes; longer files lie on the disk


def made_harmless(file: File) -> tuple[File, tuple[PdfWarning, ...]]:
    """Return the file as it may be kept, and what was taken out of it.

    Raises ValidationError where the settings refuse it, Refused where it can't be looked through.
    """
    if settings.PDF_ACTIVE_CONTENT == "allow":
        return file, ()
    with on_disk(file) as path, TemporaryDirectory(prefix="colloquy-clean-") as folder:
        if settings.PDF_ACTIVE_CONTENT == "refuse":
            if active_content.find(path):
                raise ValidationError(NOT_TAKEN, code="active-content")
            return file, ()
        cleaned = Path(folder) / "cleaned.pdf"
        found = active_content.strip(path, to=cleaned)
        if not found:
            return file, ()
        return copied(cleaned, name=file.name or "paper.pdf"), tuple(TAKEN_OUT[one] for one in sorted(found))


def copied(path: Path, *, name: str) -> UploadedFile:
    copy = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  it goes when the upload does
    with path.open("rb") as file:
        shutil.copyfileobj(file, copy)
    copy.seek(0)
    return UploadedFile(copy, PurePath(name).name, "application/pdf", path.stat().st_size)
