"""The child's side of checking how a PDF is built, one part after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from papers.pdf.accessibility.check import Code, Report
from papers.pdf.accessibility.pages import check_pages, number_pages
from papers.pdf.accessibility.tags import check_tags
from papers.pdf.sandbox import Answer

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


def answer(path: str) -> Iterator[Answer]:
    """Yield what the whole file, its pages and its tags are found to lack, as Report has it."""
    import pikepdf

    pdf = pikepdf.open(path)
    whole = Report()
    check_whole(pdf, whole)
    yield {"part": "whole", **whole.as_line, "particulars": particulars(pdf)}

    # What a link says may stand in its tag, so the tags are read before the pages are judged.
    numbers = number_pages(pdf)
    tags, told_by_tags = Report(), set[tuple[int, int]]()
    with suppress(Exception):
        told_by_tags = check_tags(pdf, tags, numbers)
        yield {"part": "tags", **tags.as_line}

    pages = Report()
    pictures = check_pages(pdf, pages, told_by_tags)
    yield {"part": "pages", **pages.as_line, "pictures": pictures}


def check_whole(pdf: Pdf, report: Report) -> None:
    if pdf.is_encrypted and not pdf.allow.accessibility:
        report.add(Code.BARRED)
    language = text(pdf.Root.get("/Lang"))
    if not LANGUAGE.fullmatch(language):
        report.add(Code.NO_LANGUAGE, detail=language)
    title = title_of(pdf)
    if not title:
        report.add(Code.NO_TITLE)
    elif FILE_NAME.search(title):
        report.add(Code.TITLE_IS_A_FILE_NAME, detail=title)
    wishes = pdf.Root.get("/ViewerPreferences")
    if not is_true(entry(wishes, "/DisplayDocTitle")):
        report.add(Code.TITLE_NOT_SHOWN)
    first = entry(pdf.Root.get("/Outlines"), "/First")
    if len(pdf.pages) > PAGES_WITHOUT_BOOKMARKS and first is None:
        report.add(Code.NO_BOOKMARKS, detail=str(len(pdf.pages)))


def particulars(pdf: Pdf) -> dict[str, str]:
    """Return what the file says of itself: title, author and the day it was made, where it does."""
    written = DATE.match(text(entry(pdf.trailer.get("/Info"), "/CreationDate")))
    found = {
        "title": title_of(pdf)[:500],
        "author": text(entry(pdf.trailer.get("/Info"), "/Author")).strip()[:500],
        "date": "-".join(written.groups()) if written else "",
    }
    return {name: value for name, value in found.items() if value}


def title_of(pdf: Pdf) -> str:
    """Return the title, from the older place or the newer."""
    if title := text(entry(pdf.trailer.get("/Info"), "/Title")).strip():
        return title
    # Anything may be wrong in there, and then there is no title.
    with suppress(Exception):
        return str(pdf.open_metadata().get("dc:title") or "").strip()
    return ""


def entry(dictionary: Any, key: str) -> Any:
    import pikepdf

    return dictionary.get(key) if isinstance(dictionary, pikepdf.Dictionary) else None


def text(written: Any) -> str:
    import pikepdf

    return str(written) if isinstance(written, pikepdf.String) else ""


def is_true(value: Any) -> bool:
    return value is True
