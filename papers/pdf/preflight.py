"""The checks before an upload is accepted, while somebody waits at a form."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import sandbox
from papers.pdf.warnings import PdfWarning, WarningKind

MAX_SECONDS = 5.0
MAX_MEGABYTES = 512
MAX_PAGES = 2000
NICENESS = 3  # somebody waits, and the time is short

SIGNATURE = b"%PDF-"
# Anything else in front of the signature could make the file HTML as well.
ALLOWED_BEFORE_SIGNATURE = b"\xef\xbb\xbf\0\t\n\f\r "


class RejectionReason(StrEnum):
    NOT_A_PDF = "not-a-pdf"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_HARD = "too-hard"


class PreflightError(Exception):
    """The file is not accepted; ``reason`` says why."""

    def __init__(self, reason: RejectionReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PreflightResult:
    """``size`` is in bytes, ``sha256`` in lower-case hexadecimal digits."""

    page_count: int
    size: int
    sha256: str
    warnings: tuple[PdfWarning, ...] = ()


def run_preflight(
    path: str | os.PathLike[str],
    *,
    seconds: float = MAX_SECONDS,
    megabytes: int = MAX_MEGABYTES,
    max_pages: int = MAX_PAGES,
) -> PreflightResult:
    """Return page count, size, checksum and warnings of the PDF at ``path``.

    Raises PreflightError for a file that is not accepted, FileNotFoundError for none.
    """
    try:
        (message,) = sandbox.run(
            "papers.pdf.preflight", path, seconds=seconds, megabytes=megabytes, niceness=NICENESS
        )
    except (sandbox.TimeLimitError, sandbox.MemoryLimitError) as error:
        raise PreflightError(RejectionReason.TOO_HARD) from error
    except (sandbox.CrashError, ValueError) as error:
        raise PreflightError(RejectionReason.BROKEN) from error
    if "refused" in message:
        raise PreflightError(RejectionReason(message["refused"]))
    if message["page_count"] > max_pages:
        raise PreflightError(RejectionReason.TOO_MANY_PAGES)
    warnings = (PdfWarning(WarningKind.RESTRICTED),) if message["restricted"] else ()
    return PreflightResult(message["page_count"], message["size"], message["sha256"], warnings)


def run(path: str) -> Iterator[sandbox.Message]:
    """Yield the one message: ``refused``, or what is known. Runs in the child."""
    with open(path, "rb") as file:
        if not file.read(1024).lstrip(ALLOWED_BEFORE_SIGNATURE).startswith(SIGNATURE):
            yield {"refused": RejectionReason.NOT_A_PDF}
            return
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    yield {"sha256": sha256, "size": size, **_open(path)}


def _open(path: str) -> sandbox.Message:
    import pypdfium2  # here, because the parent must never load it
    from pypdfium2 import raw

    try:
        pdf = pypdfium2.PdfDocument(path)
        pdf.get_page_size(0)  # finds the first page without rendering it
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return {"refused": RejectionReason.ENCRYPTED if locked else RejectionReason.BROKEN}
    return {"page_count": len(pdf), "restricted": raw.FPDF_GetSecurityHandlerRevision(pdf) != -1}
