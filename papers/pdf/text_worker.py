"""Read title, outline and text of a PDF, page by page. Runs in the child process."""

from __future__ import annotations

import ctypes
import math
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from papers.pdf.text import paragraphs, right_to_left
from papers.pdf.text.blocks import build_blocks
from papers.pdf.text.column_order import order_lines
from papers.pdf.text.marked_content import ContentItem, content_by_page
from papers.pdf.warnings import WarningKind
from sandbox import Message

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

MAX_PAGE_LENGTH = 100_000
MIN_GAP = 3.0  # points; less is never a gap between columns
MIN_GAP_RATIO = 0.9  # of the font size: more than a space, less than the gap between columns
MAX_TITLE_LENGTH = 500
MAX_HEADING_LENGTH = 300
MAX_HEADINGS = 2000
MAX_HEADING_DEPTH = 8
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def run(
    path: str, *, first: int, max_pages: int, characters_left: int, seconds_per_step: float
) -> Iterator[Message]:
    """Yield the number of pages, then one message per step, from step ``first`` on.

    Step 0 is title, language, version and outline; step n is page n. A step that
    takes more than ``seconds_per_step`` of processor time ends the process. Once
    ``characters_left`` are used up, pages are yielded without text.
    """
    import pypdfium2

    with cpu_limit(seconds_per_step):
        pdf = pypdfium2.PdfDocument(path)
    yield {"page_count": len(pdf)}
    if first == 0:
        with cpu_limit(seconds_per_step):
            yield {"step": 0, **document_info(pdf, path)}
    # A tree that used up one child must not cost the next one its pages: those are read as paragraphs.
    tree = content_by_page(path) if first == 0 and pdf.is_tagged() else {}
    for number in range(max(first, 1), min(len(pdf), max_pages) + 1):
        if characters_left <= 0:
            yield {"step": number, "text": "", "warning": WarningKind.PAGE_LEFT_OUT}
            continue
        with cpu_limit(seconds_per_step):
            page = read_page(pdf, number, tree.get(number, []))
        characters_left -= len(page["text"])
        yield {"step": number, **page}


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """End this process once the block has used ``seconds`` of processor time."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def document_info(pdf: PdfDocument, path: str) -> Message:
    return {
        "title": paragraphs.one_line(
            pdf.get_metadata_value("Title") or xmp_title(path), max_length=MAX_TITLE_LENGTH
        ),
        "language": language_of(pdf),
        "version": f"{version // 10}.{version % 10}" if (version := pdf.get_version()) else "",
        "tagged": pdf.is_tagged(),
        "outline": outline_of(pdf),
    }


def xmp_title(path: str) -> str:
    """Return the title of a file that has it in the newer place only, or nothing."""
    import pikepdf

    # Anything may be wrong in there, and a missing title is no finding.
    with suppress(Exception), pikepdf.open(path) as pdf:
        return str(pdf.open_metadata().get("dc:title") or "")
    return ""


def language_of(pdf: PdfDocument) -> str:
    """Return the tag the file gives, such as ``en-US``; nothing for what is no tag."""
    from pypdfium2 import raw

    length = raw.FPDFCatalog_GetLanguage(pdf, None, 0)  # in characters, the NUL included
    written = (ctypes.c_ushort * (length or 1))()
    raw.FPDFCatalog_GetLanguage(pdf, written, length)
    tag = bytes(written).decode("utf-16-le", "ignore").rstrip("\0").strip()
    return tag if len(tag) <= 35 and LANGUAGE.fullmatch(tag) else ""


def outline_of(pdf: PdfDocument) -> list[Message]:
    headings: list[Message] = []
    for bookmark in pdf.get_toc(max_depth=MAX_HEADING_DEPTH):
        if len(headings) == MAX_HEADINGS:
            break
        with suppress(UnicodeError):
            if title := paragraphs.one_line(bookmark.get_title(), max_length=MAX_HEADING_LENGTH):
                place = bookmark.get_dest()
                index = place.get_index() if place else None
                page = None if index is None else index + 1
                headings.append({"level": bookmark.level + 1, "title": title, "page": page})
    return headings


def read_page(pdf: PdfDocument, number: int, items: Sequence[ContentItem]) -> Message:
    """Return size, text and, where it is tagged, blocks of a page; or a warning where it can't be read."""
    from pypdfium2 import PdfiumError

    try:
        page = pdf[number - 1]
        textpage = page.get_textpage()
    except PdfiumError:
        return {"text": "", "warning": WarningKind.PAGE_UNREADABLE}
    width, height = (round(side, 1) for side in page.get_size())
    length = textpage.count_chars()
    order = reading_order(textpage, min(length, MAX_PAGE_LENGTH))
    text = paragraphs.build_paragraphs(order_lines(rows_of(textpage, order)))
    tagged_blocks = build_blocks(items, text_by_mcid(textpage, order)) if items else []
    textpage.close()
    page.close()
    if length > MAX_PAGE_LENGTH or len(text) > MAX_PAGE_LENGTH:
        return {"text": text[:MAX_PAGE_LENGTH].rstrip(), "warning": WarningKind.PAGE_CUT}
    return {"text": text, "blocks": tagged_blocks, "width": width, "height": height}


def reading_order(textpage: PdfTextPage, length: int) -> list[int]:
    """Return the indices of the first ``length`` characters in reading order."""
    from pypdfium2 import raw

    text = textpage.get_text_range(0, length) if length else ""
    if not right_to_left.RTL_CHARACTERS.search(text):
        return list(range(length))
    order: list[int] = []
    row: list[right_to_left.Character] = []
    for index in range(length):
        if raw.FPDFText_GetUnicode(textpage, index) in (10, 13):
            order += [*right_to_left.logical_order(row), index]
            row = []
        else:
            row.append(
                right_to_left.Character(
                    index, character_at(textpage, index) or " ", *extent_at(textpage, index)
                )
            )
    return order + right_to_left.logical_order(row)


def text_by_mcid(textpage: PdfTextPage, order: Sequence[int]) -> dict[int, str]:
    """Return the text of a page by marked-content identifier; text without one is decoration."""
    from pypdfium2 import raw

    texts: dict[int, str] = {}
    mcid = -1
    for index in order:
        if text_object := raw.FPDFText_GetTextObject(textpage, index):  # generated spaces have none
            mcid = raw.FPDFPageObj_GetMarkedContentID(text_object)
        if mcid >= 0:
            texts[mcid] = texts.get(mcid, "") + character_at(textpage, index)
    return texts


def character_at(textpage: PdfTextPage, index: int) -> str:
    from pypdfium2 import raw

    character = raw.FPDFText_GetUnicode(textpage, index)
    if character == 2 and raw.FPDFText_IsHyphen(textpage, index) == 1:
        return paragraphs.HYPHEN
    return chr(character) if character < 0x110000 else ""


def rows_of(textpage: PdfTextPage, order: Sequence[int]) -> list[list[paragraphs.Line]]:
    """Return the characters as lines, each split where it has a wide gap."""
    rows: list[list[paragraphs.Line]] = []
    row: list[paragraphs.Line] = []
    start, text = 0, ""
    for at, index in enumerate(order):
        character = character_at(textpage, index)
        text += character if character not in "\r\n" else ""
        is_line_end = character == "\n" or at == len(order) - 1
        if is_line_end or (character == " " and is_gap(textpage, order, at)):
            if text.strip():
                row.append(make_line(textpage, text, order[start : at + 1]))
            start, text = at + 1, ""
        if is_line_end and row:
            rows.append(row)
            row = []
    return rows


def is_gap(textpage: PdfTextPage, order: Sequence[int], at: int) -> bool:
    """Say whether a space is wider than any between texts."""
    if not 0 < at < len(order) - 1:
        return False
    left, right = extent_at(textpage, order[at - 1])
    next_left, next_right = extent_at(textpage, order[at + 1])
    gap = max(next_left - right, left - next_right)
    return gap > MIN_GAP and gap > MIN_GAP_RATIO * font_size_at(textpage, order[at - 1])


def extent_at(textpage: PdfTextPage, index: int) -> tuple[float, float]:
    """Return where a character begins and ends, in points from the left."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return left.value, right.value


def font_size_at(textpage: PdfTextPage, index: int) -> float:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, matrix)  # many programs set size 1 and scale
    return raw.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)


def make_line(textpage: PdfTextPage, text: str, order: Sequence[int]) -> paragraphs.Line:
    """Return the line of these characters; generated ones have no place of their own."""
    from pypdfium2 import raw

    real = [index for index in order if raw.FPDFText_IsGenerated(textpage, index) != 1] or order
    first, last = real[0], real[-1]
    x, y, last_x, last_y = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharOrigin(textpage, first, x, y)
    raw.FPDFText_GetCharOrigin(textpage, last, last_x, last_y)
    edges = extent_at(textpage, first) + extent_at(textpage, last)
    return paragraphs.Line(
        text, x.value, y.value, last_y.value, font_size_at(textpage, first), (min(edges), max(edges))
    )
