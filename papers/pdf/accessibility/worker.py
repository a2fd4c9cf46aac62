"""Check document, tags and pages of a PDF, one part after the other. Runs in the child process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from papers.pdf.accessibility.check import CheckResult, IssueCode
from papers.pdf.accessibility.pages import check_pages, number_pages
from papers.pdf.accessibility.tags import check_tags
from sandbox import Message

if TYPE_CHECKING:
    from pikepdf import Pdf

PAGES_WITHOUT_BOOKMARKS = 20
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
FILE_NAME = re.compile(
    r"^(microsoft (word|powerpoint|excel) ?-|untitled|document ?\d*$|presentation ?\d*$)"
    r"|\.(docx?|dotx?|odt|ott|pdf|pptx?|xlsx?|indd|qxd|tex|rtf|pages)$|^\S*_\S*$",
    re.IGNORECASE,
)
DATE = re.compile(r"(?:D:)?(\d{4})-?(\d{2})-?(\d{2})")


def run(path: str) -> Iterator[Message]:
    """Yield messages for the document, its tags and its pages, as ``CheckResult.add_part`` takes them."""
    import pikepdf

    pdf = pikepdf.open(path)
    document = CheckResult()
    check_document(pdf, document)
    yield {"part": "whole", **document.as_message, "document_info": document_info(pdf)}

    # The text of a link may be in its tag, so the tags are read before the pages are checked.
    numbers = number_pages(pdf)
    tags, described_in_tags = CheckResult(), set[tuple[int, int]]()
    with suppress(Exception):
        described_in_tags = check_tags(pdf, tags, numbers)
        yield {"part": "tags", **tags.as_message}

    pages = CheckResult()
    pictures = check_pages(pdf, pages, described_in_tags)
    yield {"part": "pages", **pages.as_message, "pictures": pictures}


def check_document(pdf: Pdf, result: CheckResult) -> None:
    if pdf.is_encrypted and not pdf.allow.accessibility:
        result.add(IssueCode.BARRED)
    language = text(pdf.Root.get("/Lang"))
    if not LANGUAGE.fullmatch(language):
        result.add(IssueCode.NO_LANGUAGE, detail=language)
    title = title_of(pdf)
    if not title:
        result.add(IssueCode.NO_TITLE)
    elif FILE_NAME.search(title):
        result.add(IssueCode.TITLE_IS_A_FILE_NAME, detail=title)
    preferences = pdf.Root.get("/ViewerPreferences")
    if not is_true(entry(preferences, "/DisplayDocTitle")):
        result.add(IssueCode.TITLE_NOT_SHOWN)
    first = entry(pdf.Root.get("/Outlines"), "/First")
    if len(pdf.pages) > PAGES_WITHOUT_BOOKMARKS and first is None:
        result.add(IssueCode.NO_BOOKMARKS, detail=str(len(pdf.pages)))


def document_info(pdf: Pdf) -> dict[str, str]:
    """Return title, author and creation date of the file, those it has."""
    info = {
        "title": title_of(pdf)[:500],
        "author": text(entry(pdf.trailer.get("/Info"), "/Author")).strip()[:500],
        "date": creation_date(pdf),
    }
    return {name: value for name, value in info.items() if value}


def creation_date(pdf: Pdf) -> str:
    """Return when the file was made, as ISO 8601: the moment where its time zone is known, else the day."""
    from pikepdf.models.metadata import decode_pdf_date

    written = text(entry(pdf.trailer.get("/Info"), "/CreationDate"))
    with suppress(ValueError):
        moment = decode_pdf_date(written)
        return moment.isoformat() if moment.tzinfo else moment.date().isoformat()
    match = DATE.match(written)
    return "-".join(match.groups()) if match else ""


def title_of(pdf: Pdf) -> str:
    """Return the title, from the older place or the newer."""
    if title := text(entry(pdf.trailer.get("/Info"), "/Title")).strip():
        return title
    # Anything may be wrong with the metadata, and then there is no title.
    with suppress(Exception):
        return str(pdf.open_metadata().get("dc:title") or "").strip()
    return ""


def entry(dictionary: Any, key: str) -> Any:
    import pikepdf

    return dictionary.get(key) if isinstance(dictionary, pikepdf.Dictionary) else None


def text(value: Any) -> str:
    import pikepdf

    return str(value) if isinstance(value, pikepdf.String) else ""


def is_true(value: Any) -> bool:
    return value is True
