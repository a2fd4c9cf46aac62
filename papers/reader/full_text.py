"""A paper's words on one sheet, to read on, to print or to be read aloud: an edition as HTML."""

from __future__ import annotations

from functools import cached_property
from math import ceil
from typing import Any

from papers.reader.highlighting import Find, marked_block, ranked
from papers.reader.opened import Opened

PAGES_A_SHEET = 100  # a longer paper goes on at the next sheet


class WholeText(Opened):
    """Sheet ``number`` of the words of an edition."""

    @property
    def sheet_count(self) -> int:
        return ceil(self.record.page_count / PAGES_A_SHEET)

    @classmethod
    def address_of(cls, page: int, *, base: str) -> str:
        """Return the address at which the words of ``page`` begin."""
        sheet = ceil(page / PAGES_A_SHEET)
        return f"{base}read/text/{_question(sheet)}#page-{page}"

    @property
    def sheets(self) -> list[dict[str, Any]]:
        """Return the sheets with the pages on each and their addresses; nothing where one holds all."""
        if self.sheet_count == 1:
            return []
        last = self.record.page_count
        return [
            {
                "first": (number - 1) * PAGES_A_SHEET + 1,
                "last": min(number * PAGES_A_SHEET, last),
                "url": f"{self.base}read/text/{_question(number)}",
                "is_current": number == self.number,
            }
            for number in range(1, self.sheet_count + 1)
        ]

    @property
    def canonical(self) -> str:
        return self.standing_for(f"text/{_question(self.number)}")

    @cached_property
    def pages(self) -> list[dict[str, Any]]:
        """Return the pages that have words: number, address in the reader, parts as safe HTML; one query."""
        first = (self.number - 1) * PAGES_A_SHEET
        found = self.record.pages.filter(number__gt=first, number__lte=first + PAGES_A_SHEET)
        nothing = Find("")
        pages = [
            {
                "number": page.number,
                "url": f"{self.base}read/{page.number}/",
                "blocks": [marked_block(block, nothing, []) for block in page.blocks],
            }
            for page in found.order_by("number")
        ]
        ranked([block for page in pages for block in page["blocks"]])
        return [page for page in pages if page["blocks"]]


def _question(sheet: int) -> str:
    return f"?sheet={sheet}" if sheet > 1 else ""
