"""From the characters a PDF paints to words that can be read, searched and quoted."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

HYPHEN = "\u00ad"  # stands for a hyphen that only the end of a line asked for

# Compatibility forms that carry a meaning: 10\u00b2 must not become 102.
MEANT = "\u00aa\u00b2\u00b3\u00b9\u00ba\u00bc-\u00be\u2070-\u209c\u2150-\u215f\u2189"
FOLDED = re.compile(f"[^{MEANT}]+")

SYMBOL_FONT_BULLETS = str.maketrans({"\uf0b7": "\u2022", "\uf0a7": "\u25aa", "\uf0d8": "\u25b8"})
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls, NUL among them
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # marks that move or hide what follows
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # not text
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
BULLET = re.compile("[\u2022\u2023\u25aa\u25b8\u25cf\u25cb\u25e6\u25a0]")
ENDS_A_SENTENCE = re.compile("[.!?:\u2026\u061f\u3002][)\\]\"'\u2019\u201d\u00bb]*$")

SAME_LINE = 0.6  # of the letters' size: superscripts, cells of one row
NEW_PARAGRAPH = 1.3  # of the usual distance between lines
DOUBLE_SPACED = 2.5  # of the letters' size: on a title page the usual is no measure
ANOTHER_SIZE = 1.15
INDENT = 0.8  # of the letters' size


@dataclass(frozen=True, slots=True)
class Line:
    """A line as painted; lengths in points, upwards from the foot of the page.

    ``left`` is where it begins, ``span`` from where to where it goes; ``top``
    and ``bottom`` are where its first and its last letter stand: they
    differ where a hyphen has already joined two lines.
    """

    text: str
    left: float
    top: float
    bottom: float
    size: float
    span: tuple[float, float] = (0.0, 0.0)


def clean(text: str) -> str:
    """Return ``text`` without controls and with its ligatures spelled out."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")  # pairs become one
    seen = UNSEEN.sub("", whole.translate(SYMBOL_FONT_BULLETS))
    return FOLDED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), seen)


def one_line(text: str, *, longest: int) -> str:
    """Return ``text`` fit for a title."""
    return " ".join(clean(text[: 4 * longest]).replace(HYPHEN, "").split())[:longest].rstrip()


def paragraphs(lines: Sequence[Line]) -> str:
    """Return the text of a page: a paragraph is a line, a blank line between two."""
    lines = [line for line in lines if line.text.strip()]
    if not lines:
        return ""
    usual = _usual_distance(lines)
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if _begins(line, before, usual):
            groups.append([])
        groups[-1].append(line)
    joined = (join([line.text for line in group]) for group in groups)
    return "\n\n".join(paragraph for paragraph in joined if paragraph)


def join(lines: Sequence[str]) -> str:
    """Return the lines as one, words that were divided at their ends made whole."""
    text = "\n".join(clean(line).strip() for line in lines)
    text = re.sub("(?<=[^\\W\\d_])[-\u2010\u00ad]\n(?=[^\\W\\d_])", HYPHEN, text)
    text = re.sub("(?<=\\d)[-\u2010\u2013\u00ad]\n(?=\\d)", "-", text)
    text = re.sub(f"{HYPHEN}(?=(.?))", _hyphen, text)
    return " ".join(text.split())


def _hyphen(found: re.Match[str]) -> str:
    """Divide "Post-Covid" and "1999-2000", but not "cooperation"."""
    after = found[1]
    return "-" if after.isupper() or after.isdigit() else ""


def _usual_distance(lines: Sequence[Line]) -> float:
    """Return the distance from line to line that most of the page keeps, in sizes of its letters."""
    between = [(before.bottom - line.top, line.size) for before, line in pairwise(lines)]
    within = [(line.top - line.bottom, line.size) for line in lines]
    falls = [fall / size for fall, size in between + within if fall > SAME_LINE * size > 0]
    return statistics.median_low(falls) if falls else 0.0


def _begins(line: Line, before: Line, usual: float) -> bool:
    size = max(line.size, before.size)
    fall = before.bottom - line.top
    ended = bool(ENDS_A_SENTENCE.search(before.text.rstrip()))
    if abs(fall) < SAME_LINE * size:
        return False
    if fall < 0:  # the next column
        return ended
    if fall > NEW_PARAGRAPH * size * min(usual, DOUBLE_SPACED):
        return True
    if size > ANOTHER_SIZE * min(line.size, before.size):
        return True
    if BULLET.match(clean(line.text.lstrip()[:1])):
        return True
    return ended and line.left - before.left > INDENT * size
