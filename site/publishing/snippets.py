"""The piece of a text that shows best what a search found in it, as HTML. Uses no database."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

from publishing.text_search import SearchedText, Span, Term

SNIPPET_LENGTH = 240  # characters
MAX_WINDOWS = 20  # of one term that are compared
LEADERS = re.compile(r"(?:\s*[.·…‥_•]){4,}\s*")  # of a table of contents, or the line of a form
_prose = re.compile(r"[^\W\d_]{3,}")


def without_leaders(text: str) -> str:
    """Return ``text`` with an ellipsis in place of each row of dots."""
    return LEADERS.sub(" … ", text)


def has_contents(text: str) -> bool:
    """Say whether ``text`` is, for the most part, a table of contents."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(LEADERS.findall(text)) >= max(4, len(lines) / 3)


def has_references(text: str) -> bool:
    """Say whether ``text`` is a list of references: four addresses or more, and little between them."""
    addresses = text.count("://")
    return addresses >= 4 and len(text) / addresses < 800


def snippet(text: str, terms: list[Term]) -> str:
    """Return HTML: the piece of ``text`` where most of the terms are, each marked.

    Among such pieces, the one most like a sentence. Everything from ``text`` is escaped.
    """
    searched = SearchedText(text)
    placed = sorted((span, number) for number, term in enumerate(terms) for span in searched.spans(term))
    start = best_window(text, placed)
    start = text.rfind(" ", 0, max(start - 40, 0)) + 1 if start > 40 else 0
    end = min(len(text), start + SNIPPET_LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    marked = highlight(text, [span for span, _ in placed], start, end)
    return ("… " if start else "") + marked + (" …" if end < len(text) else "")


def best_window(text: str, placed: list[tuple[Span, int]]) -> int:
    """Return where the window begins that has most of the terms, among those the one most like a sentence."""
    best, best_score = 0, (0, 0.0, 0)
    tried: Counter[int] = Counter()
    for first, ((start, _), term) in enumerate(placed):
        tried[term] += 1
        if tried[term] > MAX_WINDOWS:
            continue
        inside = [
            number for (_, end), number in placed[first : first + 20] if end <= start + SNIPPET_LENGTH - 60
        ]
        piece = text[max(start - 40, 0) : start + SNIPPET_LENGTH - 40]
        score = (len(set(inside)), readability(piece), len(inside))
        if score > best_score:
            best, best_score = start, score
    return best


def readability(piece: str) -> float:
    """Return how much of ``piece`` is words of three letters and more, in tenths; 0.6 and more is prose."""
    return min(round(sum(map(len, _prose.findall(piece))) / max(len(piece), 1), 1), 0.6)


def highlight(text: str, spans: list[Span], start: int, end: int) -> str:
    """Return ``text[start:end]`` as escaped HTML, each span in a mark element."""
    parts, at = [], start
    for first, last in spans:
        if first < at or last > end:
            continue
        parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    return "".join([*parts, escape(text[at:end])])
