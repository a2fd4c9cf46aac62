"""Marking words in a page's text: those somebody searches for, and those readers quoted."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import chain, repeat
from typing import Any

from django.utils.safestring import SafeString

from papers.reader.quotations import place_of
from publishing.text_search import find_spans, parse_query

LONGEST_QUESTION = 300
FIRST, FOUND, QUOTED = '<mark id="found">', "<mark>", '<span class="reader__quoted">'

Span = tuple[int, int]


class Find:
    """What somebody looks for in a paper: words, all of them on one page, and phrases in quotation marks."""

    def __init__(self, asked: str) -> None:
        self.text = " ".join(asked.replace("\x00", " ").split())[:LONGEST_QUESTION]
        self.words, self.phrases = parse_query(self.text)
        self.opening = chain([FIRST], repeat(FOUND))  # links lead to the first mark of a page

    @property
    def asks(self) -> bool:
        return bool(self.words or self.phrases)

    def places(self, text: str) -> list[Span]:
        """Return where a whole page has it; nothing unless all is there."""
        return find_spans(text, self.words, self.phrases) if self.asks else []

    def traces(self, text: str) -> list[Span]:
        """Return where a part of a page has any of it."""
        each = [find_spans(text, [word], []) for word in self.words]
        each += [find_spans(text, [], [phrase]) for phrase in self.phrases]
        return sorted({place for places in each for place in places})


def marked_block(block: dict[str, Any], find: Find, quotes: Sequence[str]) -> dict[str, Any]:
    """Return the block with its texts as safe HTML."""

    def mark(text: str) -> SafeString:
        return marked(text, find, quotes)

    shown = block | {name: mark(block[name]) for name in ("text", "caption") if name in block}
    if "items" in block:
        shown["items"] = [mark(item) for item in block["items"]]
    if "rows" in block:
        shown["rows"] = [[cell | {"text": mark(cell["text"])} for cell in row] for row in block["rows"]]
    return shown


def ranked(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each heading its ``rank`` beneath the title of the page, which is 1: no step is left out.

    A page may begin in the midst of a chapter, where the file's own levels begin at 3.
    """
    above: list[int] = []
    for block in blocks:
        if block["kind"] == "heading":
            while above and above[-1] >= block["level"]:
                above.pop()
            above.append(block["level"])
            block["rank"] = min(len(above) + 1, 4)
    return blocks


def marked(text: str, find: Find, quotes: Sequence[str]) -> SafeString:
    """Return ``text`` escaped, with marks; a quotation gives way where a find lies in it."""
    placed = [(place, "mark") for place in find.traces(text)]
    placed += [(place, "span") for quote in quotes if (place := place_of(quote, text))]
    parts, at = [], 0
    for (start, end), element in sorted(placed, key=lambda one: (one[0][0], -one[0][1])):
        if start < at:
            continue
        opening = QUOTED if element == "span" else next(find.opening)
        parts += [escape(text[at:start]), opening, escape(text[start:end]), f"</{element}>"]
        at = end
    return SafeString("".join([*parts, escape(text[at:])]))
