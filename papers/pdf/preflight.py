"""What must be known of a PDF before it is taken: asked while somebody waits at a form."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from papers.pdf import sandbox
from papers.pdf.warnings import Finding, Kind

SECONDS = 5.0
MEGABYTES = 512
MOST_PAGES = 2000
NICENESS = 3  # somebody waits, and the time is short

BEGINNING = b"%PDF-"
BEFORE_IT = b"\xef\xbb\xbf\0\t\n\f\r "  # anything else in front could make it a page of HTML too


class Reason(StrEnum):
    NOT_A_PDF = "not-a-pdf"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_HARD = "too-hard"


class Refused(Exception):
    """A file that is not taken, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Examination:
    """``size`` is in bytes, ``sha256`` in lower-case hexadecimal digits."""

    page_count: int
    size: int
    sha256: str
    findings: tuple[Finding, ...] = ()


def examine(
    path: str | os.PathLike[str],
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    most_pages: int = MOST_PAGES,
) -> Examination:
    """Return what is known of the PDF at ``path`` within the limits.

    Raises Refused for whatever is not taken, FileNotFoundError for nothing there.
    """
    try:
        (line,) = sandbox.run(
            "papers.pdf.preflight", path, seconds=seconds, megabytes=megabytes, niceness=NICENESS
        )
    except (sandbox.TooSlow, sandbox.TooBig) as error:
        raise Refused(Reason.TOO_HARD) from error
    except (sandbox.Broken, ValueError) as error:
        raise Refused(Reason.BROKEN) from error
    if "refused" in line:
        raise Refused(Reason(line["refused"]))
    if line["page_count"] > most_pages:
        raise Refused(Reason.TOO_MANY_PAGES)
    findings = (Finding(Kind.RESTRICTED),) if line["restricted"] else ()
    return Examination(line["page_count"], line["size"], line["sha256"], findings)


def answer(path: str) -> Iterator[sandbox.Answer]:
    """Yield the one answer; runs in the child."""
    with open(path, "rb") as file:
        if not file.read(1024).lstrip(BEFORE_IT).startswith(BEGINNING):
            yield {"refused": Reason.NOT_A_PDF}
            return
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    yield {"sha256": sha256, "size": size, **_opened(path)}


def _opened(path: str) -> sandbox.Answer:
    import pypdfium2  # here, for the parent must never load it
    from pypdfium2 import raw

    try:
        pdf = pypdfium2.PdfDocument(path)
        pdf.get_page_size(0)  # finds the first page without painting it
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return {"refused": Reason.ENCRYPTED if locked else Reason.BROKEN}
    return {"page_count": len(pdf), "restricted": raw.FPDF_GetSecurityHandlerRevision(pdf) != -1}
