"""Active content of a PDF is removed when it is uploaded, or the file rejected; a setting says which."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePath
from tempfile import SpooledTemporaryFile, TemporaryDirectory

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from papers.pdf import active_content
from papers.pdf.active_parts import ActiveContent
from papers.pdf.warnings import PdfWarning, WarningKind
from sandbox.local_file import on_disk

HAS_ACTIVE_CONTENT = _(
    "This PDF contains scripts, embedded files, sound, video or 3D content, links to other files, "
    "or actions that start programs or send data. "
    "Save it without them, for example as PDF/A, and choose it again."
)
REMOVED = {
    ActiveContent.JAVASCRIPT: PdfWarning(WarningKind.JAVASCRIPT_REMOVED),
    ActiveContent.LAUNCH: PdfWarning(WarningKind.LAUNCH_REMOVED),
    ActiveContent.EMBEDDED: PdfWarning(WarningKind.EMBEDDED_REMOVED),
    ActiveContent.FORM: PdfWarning(WarningKind.FORM_ACTION_REMOVED),
    ActiveContent.MEDIA: PdfWarning(WarningKind.MEDIA_REMOVED),
    ActiveContent.OUTSIDE: PdfWarning(WarningKind.OUTSIDE_REMOVED),
}
MAX_IN_MEMORY = 5 * 1024 * 1024  # bytes; longer files lie on the disk


def strip_active_content(file: File) -> tuple[File, tuple[PdfWarning, ...]]:
    """Return the file without active content, and what was removed; the same file if nothing was.

    Raises ValidationError where the settings reject such files, PreflightError where it can't be searched.
    """
    if settings.PDF_ACTIVE_CONTENT == "allow":
        return file, ()
    with on_disk(file) as path, TemporaryDirectory(prefix="colloquy-clean-") as folder:
        if settings.PDF_ACTIVE_CONTENT == "refuse":
            if active_content.find(path):
                raise ValidationError(HAS_ACTIVE_CONTENT, code="active-content")
            return file, ()
        cleaned = Path(folder) / "cleaned.pdf"
        removed = active_content.strip(path, to=cleaned)
        if not removed:
            return file, ()
        return as_upload(cleaned, name=file.name or "paper.pdf"), tuple(
            REMOVED[one] for one in sorted(removed)
        )


def as_upload(path: Path, *, name: str) -> UploadedFile:
    copy = SpooledTemporaryFile(max_size=MAX_IN_MEMORY)  # noqa: SIM115  it goes when the upload does
    with path.open("rb") as file:
        shutil.copyfileobj(file, copy)
    copy.seek(0)
    return UploadedFile(copy, PurePath(name).name, "application/pdf", path.stat().st_size)
