"""The full text of an edition as HTML, to read, to print or to be read aloud."""

from __future__ import annotations

from functools import cached_property
from math import ceil
from typing import Any

from papers.reader.edition_view import EditionView
from papers.reader.highlighting import Highlighter, highlight_block, set_heading_levels

PAGES_PER_PART = 100  # a longer paper is divided into parts


class FullText(EditionView):
    """Part ``number`` of the text of an edition."""

    @property
    def part_count(self) -> int:
        return ceil(self.record.page_count / PAGES_PER_PART)

    @classmethod
    def url_at(cls, page: int, *, base: str) -> str:
        """Return the address at which the text of ``page`` begins."""
        return f"{base}read/text/{_query(ceil(page / PAGES_PER_PART))}#page-{page}"

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Return first and last page and address of each part; nothing where there is only one."""
        if self.part_count == 1:
            return []
        return [
            {
                "first": (number - 1) * PAGES_PER_PART + 1,
                "last": min(number * PAGES_PER_PART, self.record.page_count),
                "url": f"{self.base}read/text/{_query(number)}",
                "is_current": number == self.number,
            }
            for number in range(1, self.part_count + 1)
        ]

    @property
    def canonical_url(self) -> str:
        return self.canonical_url_of(f"text/{_query(self.number)}")

    @cached_property
    def pages(self) -> list[dict[str, Any]]:
        """Return the pages with text: number, address in the reader, blocks as safe HTML; one query."""
        before = (self.number - 1) * PAGES_PER_PART
        pages = self.record.pages.filter(number__gt=before, number__lte=before + PAGES_PER_PART)
        rendered: list[dict[str, Any]] = [
            {
                "number": page.number,
                "url": f"{self.base}read/{page.number}/",
                "blocks": [highlight_block(block, Highlighter(""), []) for block in page.blocks],
            }
            for page in pages.order_by("number")
        ]
        set_heading_levels([block for page in rendered for block in page["blocks"]])
        return [page for page in rendered if page["blocks"]]


def _query(part: int) -> str:
    return f"?sheet={part}" if part > 1 else ""
