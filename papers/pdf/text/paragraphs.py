"""Turn the lines of a PDF page into paragraphs that can be read, searched and quoted."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

HYPHEN = "\u00ad"  # stands for a hyphen at the end of a line

# Compatibility forms that carry meaning: 10\u00b2 must not become 102.
MEANINGFUL_FORMS = "\u00aa\u00b2\u00b3\u00b9\u00ba\u00bc-\u00be\u2070-\u209c\u2150-\u215f\u2189"
FOLDABLE = re.compile(f"[^{MEANINGFUL_FORMS}]+")

SYMBOL_FONT_BULLETS = str.maketrans({"\uf0b7": "\u2022", "\uf0a7": "\u25aa", "\uf0d8": "\u25b8"})
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls, NUL among them
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # marks that reorder or hide what follows
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # not text
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
BULLET = re.compile("[\u2022\u2023\u25aa\u25b8\u25cf\u25cb\u25e6\u25a0]")
SENTENCE_END = re.compile("[.!?:\u2026\u061f\u3002][)\\]\"'\u2019\u201d\u00bb]*$")

SAME_LINE = 0.6  # of the font size: superscripts, cells of one row
NEW_PARAGRAPH = 1.3  # of the usual line spacing
DOUBLE_SPACED = 2.5  # of the font size: on a title page the usual spacing says nothing
FONT_SIZE_CHANGE = 1.15
INDENT = 0.8  # of the font size


@dataclass(frozen=True, slots=True)
class Line:
    """A line as drawn; lengths in points, measured up from the bottom of the page.

    ``left`` is where it begins, ``span`` its left and right edges. ``top`` and
    ``bottom`` are the baselines of its first and its last letter: they differ
    where PDFium has already joined two lines at a hyphen.
    """

    text: str
    left: float
    top: float
    bottom: float
    size: float
    span: tuple[float, float] = (0.0, 0.0)


def clean(text: str) -> str:
    """Return ``text`` without control characters and with ligatures spelled out."""
    decoded = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")  # joins surrogate pairs
    visible = INVISIBLE.sub("", decoded.translate(SYMBOL_FONT_BULLETS))
    return FOLDABLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), visible)


def one_line(text: str, *, max_length: int) -> str:
    """Return ``text`` cleaned and on one line, at most ``max_length`` characters."""
    return " ".join(clean(text[: 4 * max_length]).replace(HYPHEN, "").split())[:max_length].rstrip()


def build_paragraphs(lines: Sequence[Line]) -> str:
    """Return the text of a page: one line per paragraph, with blank lines between them."""
    lines = [line for line in lines if line.text.strip()]
    if not lines:
        return ""
    usual = _line_spacing(lines)
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if _starts_paragraph(line, before, usual):
            groups.append([])
        groups[-1].append(line)
    joined = (join_lines([line.text for line in group]) for group in groups)
    return "\n\n".join(paragraph for paragraph in joined if paragraph)


def join_lines(lines: Sequence[str]) -> str:
    """Return the lines as one, words divided at line ends joined."""
    text = "\n".join(clean(line).strip() for line in lines)
    text = re.sub("(?<=[^\\W\\d_])[-\u2010\u00ad]\n(?=[^\\W\\d_])", HYPHEN, text)
    text = re.sub("(?<=\\d)[-\u2010\u2013\u00ad]\n(?=\\d)", "-", text)
    text = re.sub(f"{HYPHEN}(?=(.?))", _replace_hyphen, text)
    return " ".join(text.split())


def _replace_hyphen(match: re.Match[str]) -> str:
    """Keep the hyphen of "Post-Covid" and "1999-2000", but not of "coop-eration"."""
    after = match[1]
    return "-" if after.isupper() or after.isdigit() else ""


def _line_spacing(lines: Sequence[Line]) -> float:
    """Return the usual distance from line to line, in font sizes."""
    between = [(before.bottom - line.top, line.size) for before, line in pairwise(lines)]
    within = [(line.top - line.bottom, line.size) for line in lines]
    falls = [fall / size for fall, size in between + within if fall > SAME_LINE * size > 0]
    return statistics.median_low(falls) if falls else 0.0


def _starts_paragraph(line: Line, before: Line, usual: float) -> bool:
    size = max(line.size, before.size)
    fall = before.bottom - line.top
    ended = bool(SENTENCE_END.search(before.text.rstrip()))
    if abs(fall) < SAME_LINE * size:
        return False
    if fall < 0:  # the next column
        return ended
    if fall > NEW_PARAGRAPH * size * min(usual, DOUBLE_SPACED):
        return True
    if size > FONT_SIZE_CHANGE * min(line.size, before.size):
        return True
    if BULLET.match(clean(line.text.lstrip()[:1])):
        return True
    return ended and line.left - before.left > INDENT * size
