"""The child's side of reading a whole PDF: what it is called, and its text page by page."""

from __future__ import annotations

import ctypes
import math
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from papers.pdf.sandbox import Answer
from papers.pdf.text import paragraphs, right_to_left
from papers.pdf.text.blocks import blocks
from papers.pdf.text.column_order import in_order
from papers.pdf.text.marked_content import Leaf, leaves_by_page
from papers.pdf.warnings import Kind

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

LONGEST_PAGE = 100_000
NARROW = 3.0  # points; no gap between columns, whatever the letters' size
WIDE = 0.9  # of the letters' size: more than a space, less than the gap between columns
LONGEST_TITLE = 500
LONGEST_HEADING = 300
MOST_HEADINGS = 2000
DEEPEST_HEADING = 8
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def answer(path: str, *, first: int, most_pages: int, room: int, seconds_a_step: float) -> Iterator[Answer]:
    """Yield the number of pages, then what each step found.

    Step 0 is title, language, version and outline, step n is page n; ``first``
    is the one to begin with. A step that takes more than ``seconds_a_step`` of
    processor time ends the process. ``room`` is how many characters may follow.
    """
    import pypdfium2

    with step(seconds_a_step):
        pdf = pypdfium2.PdfDocument(path)
    yield {"page_count": len(pdf)}
    if first == 0:
        with step(seconds_a_step):
            yield {"step": 0, **particulars(pdf, path)}
    # A tree that wore out one child must not cost the next one its pages: those are read as paragraphs.
    tree = leaves_by_page(path) if first == 0 and pdf.is_tagged() else {}
    for number in range(max(first, 1), min(len(pdf), most_pages) + 1):
        if room <= 0:
            yield {"step": number, "text": "", "found": Kind.PAGE_LEFT_OUT}
            continue
        with step(seconds_a_step):
            page = text_of(pdf, number, tree.get(number, []))
        room -= len(page["text"])
        yield {"step": number, **page}


@contextmanager
def step(seconds: float) -> Iterator[None]:
    """Let the system end this process once the block has used up its processor time."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def particulars(pdf: PdfDocument, path: str) -> Answer:
    return {
        "title": paragraphs.one_line(
            pdf.get_metadata_value("Title") or title_in_xmp(path), longest=LONGEST_TITLE
        ),
        "language": language_of(pdf),
        "version": f"{version // 10}.{version % 10}" if (version := pdf.get_version()) else "",
        "tagged": pdf.is_tagged(),
        "outline": outline_of(pdf),
    }


def title_in_xmp(path: str) -> str:
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


def outline_of(pdf: PdfDocument) -> list[Answer]:
    headings: list[Answer] = []
    for bookmark in pdf.get_toc(max_depth=DEEPEST_HEADING):
        if len(headings) == MOST_HEADINGS:
            break
        with suppress(UnicodeError):
            if title := paragraphs.one_line(bookmark.get_title(), longest=LONGEST_HEADING):
                place = bookmark.get_dest()
                index = place.get_index() if place else None
                page = None if index is None else index + 1
                headings.append({"level": bookmark.level + 1, "title": title, "page": page})
    return headings


def text_of(pdf: PdfDocument, number: int, leaves: Sequence[Leaf]) -> Answer:
    """Return size, text and, where it is tagged, parts of a page; or what kept it from being read."""
    from pypdfium2 import PdfiumError

    try:
        page = pdf[number - 1]
        painted = page.get_textpage()
    except PdfiumError:
        return {"text": "", "found": Kind.PAGE_UNREADABLE}
    width, height = (round(side, 1) for side in page.get_size())
    length = painted.count_chars()
    order = as_read(painted, min(length, LONGEST_PAGE))
    text = paragraphs.paragraphs(in_order(rows_of(painted, order)))
    told = blocks(leaves, words_by_mark(painted, order)) if leaves else []
    painted.close()
    page.close()
    if length > LONGEST_PAGE or len(text) > LONGEST_PAGE:
        return {"text": text[:LONGEST_PAGE].rstrip(), "found": Kind.PAGE_CUT}
    return {"text": text, "blocks": told, "width": width, "height": height}


def as_read(painted: PdfTextPage, length: int) -> list[int]:
    """Return the indices of the first ``length`` characters in the order of reading."""
    from pypdfium2 import raw

    text = painted.get_text_range(0, length) if length else ""
    if not right_to_left.MAY_BE.search(text):
        return list(range(length))
    order: list[int] = []
    row: list[right_to_left.Letter] = []
    for index in range(length):
        if raw.FPDFText_GetUnicode(painted, index) in (10, 13):
            order += [*right_to_left.as_typed(row), index]
            row = []
        else:
            row.append(
                right_to_left.Letter(index, letter_at(painted, index) or " ", *ends_of(painted, index))
            )
    return order + right_to_left.as_typed(row)


def words_by_mark(painted: PdfTextPage, order: Sequence[int]) -> dict[int, str]:
    """Return the words of a page by the number of their marked content; what has none is decoration."""
    from pypdfium2 import raw

    words: dict[int, str] = {}
    mark = -1
    for index in order:
        if painter := raw.FPDFText_GetTextObject(painted, index):  # spaces PDFium made up have none
            mark = raw.FPDFPageObj_GetMarkedContentID(painter)
        if mark >= 0:
            words[mark] = words.get(mark, "") + letter_at(painted, index)
    return words


def letter_at(painted: PdfTextPage, index: int) -> str:
    from pypdfium2 import raw

    letter = raw.FPDFText_GetUnicode(painted, index)
    if letter == 2 and raw.FPDFText_IsHyphen(painted, index) == 1:
        return paragraphs.HYPHEN
    return chr(letter) if letter < 0x110000 else ""


def rows_of(painted: PdfTextPage, order: Sequence[int]) -> list[list[paragraphs.Line]]:
    """Return the characters as lines, each in pieces where a wide gap is in it."""
    rows: list[list[paragraphs.Line]] = []
    row: list[paragraphs.Line] = []
    begun, letters = 0, ""
    for at, index in enumerate(order):
        letter = letter_at(painted, index)
        letters += letter if letter not in "\r\n" else ""
        ended = letter == "\n" or at == len(order) - 1
        if ended or (letter == " " and is_gap(painted, order, at)):
            if letters.strip():
                row.append(placed(painted, letters, order[begun : at + 1]))
            begun, letters = at + 1, ""
        if ended and row:
            rows.append(row)
            row = []
    return rows


def is_gap(painted: PdfTextPage, order: Sequence[int], at: int) -> bool:
    """Say whether a space is wider than any between words."""
    if not 0 < at < len(order) - 1:
        return False
    left, right = ends_of(painted, order[at - 1])
    next_left, next_right = ends_of(painted, order[at + 1])
    gap = max(next_left - right, left - next_right)
    return gap > NARROW and gap > WIDE * size_of(painted, order[at - 1])


def ends_of(painted: PdfTextPage, index: int) -> tuple[float, float]:
    """Return where a character begins and ends, in points from the left."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(painted, index, left, right, bottom, top)
    return left.value, right.value


def size_of(painted: PdfTextPage, index: int) -> float:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(painted, index, matrix)  # many a writer sets size 1 and scales
    return raw.FPDFText_GetFontSize(painted, index) * math.hypot(matrix.c, matrix.d)


def placed(painted: PdfTextPage, text: str, order: Sequence[int]) -> paragraphs.Line:
    """Return the line of these characters; those PDFium made up have no place."""
    from pypdfium2 import raw

    real = [index for index in order if raw.FPDFText_IsGenerated(painted, index) != 1] or order
    begun, ended = real[0], real[-1]
    x, y, last_x, last_y = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharOrigin(painted, begun, x, y)
    raw.FPDFText_GetCharOrigin(painted, ended, last_x, last_y)
    ends = ends_of(painted, begun) + ends_of(painted, ended)
    return paragraphs.Line(
        text, x.value, y.value, last_y.value, size_of(painted, begun), (min(ends), max(ends))
    )
