"""Highlight search terms and quotations in a page's text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import chain, repeat
from typing import Any

from django.utils.safestring import SafeString

from papers.reader.quotations import place_of
from publishing.text_search import SearchedText, adjoining, find_spans, has_term, parse_query
from publishing.words import normalized

MAX_QUERY_LENGTH = 300
FIRST_MARK, MARK, QUOTED = '<mark id="found">', "<mark>", '<span class="reader__quoted">'

Span = tuple[int, int]


class Highlighter:
    """A search within a paper: words, all of them on one page, and phrases in quotation marks."""

    def __init__(self, query: str) -> None:
        self.text = " ".join(query.replace("\x00", " ").split())[:MAX_QUERY_LENGTH]
        self.terms = parse_query(self.text)
        self.phrase = adjoining(self.terms)  # all terms, one following the other
        self.opening_tags = chain([FIRST_MARK], repeat(MARK))  # links lead to the first mark of a page

    @property
    def has_query(self) -> bool:
        return bool(self.terms)

    def page_matches(self, text: str) -> list[Span]:
        """Return the matches in a whole page; none unless every term is in it."""
        return find_spans(text, self.terms)

    def has_phrase(self, text: str) -> bool:
        """Say whether the terms follow one another somewhere in a page."""
        return self.phrase is None or has_term(normalized(text), self.phrase)

    def matches(self, text: str) -> list[Span]:
        """Return the matches of any term in a part of a page."""
        if not self.terms:
            return []
        searched = SearchedText(text)
        return sorted({span for term in self.terms for span in searched.spans(term)})


def highlight_block(block: dict[str, Any], highlighter: Highlighter, quotes: Sequence[str]) -> dict[str, Any]:
    """Return the block with its texts as safe HTML."""

    def mark(text: str) -> SafeString:
        return highlight(text, highlighter, quotes)

    shown = block | {name: mark(block[name]) for name in ("text", "caption") if name in block}
    if "items" in block:
        shown["items"] = [mark(item) for item in block["items"]]
    if "rows" in block:
        shown["rows"] = [[cell | {"text": mark(cell["text"])} for cell in row] for row in block["rows"]]
    return shown


def set_heading_levels(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each heading its ``rank`` beneath the page's title, which is 1; no level is skipped.

    A page may begin in the middle of a chapter, where the file's own levels begin at 3.
    """
    above: list[int] = []
    for block in blocks:
        if block["kind"] == "heading":
            while above and above[-1] >= block["level"]:
                above.pop()
            above.append(block["level"])
            block["rank"] = min(len(above) + 1, 4)
    return blocks


def highlight(text: str, highlighter: Highlighter, quotes: Sequence[str]) -> SafeString:
    """Return ``text`` escaped, with tags around matches and quotations; a match within a quotation wins."""
    placed = [(place, "mark") for place in highlighter.matches(text)]
    placed += [(place, "span") for quote in quotes if (place := place_of(quote, text))]
    parts, at = [], 0
    for (start, end), element in sorted(placed, key=lambda one: (one[0][0], -one[0][1])):
        if start < at:
            continue
        opening = QUOTED if element == "span" else next(highlighter.opening_tags)
        parts += [escape(text[at:start]), opening, escape(text[start:end]), f"</{element}>"]
        at = end
    return SafeString("".join([*parts, escape(text[at:])]))
