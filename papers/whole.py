"""A paper's words on one sheet, to read on, to print or to be read aloud: an edition as HTML."""

from __future__ import annotations

from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any

from papers.marking import Find, marked_block, ranked

if TYPE_CHECKING:
    from papers.models.editions import Edition
    from papers.models.files import FileRecord
    from papers.models.pages import Paper

PAGES_A_SHEET = 100  # a longer paper goes on at the next sheet


class WholeText:
    """Sheet ``number``, from 1, of the words of ``edition``; ``base`` is what ``read/`` follows."""

    def __init__(self, paper: Paper, edition: Edition, number: int, *, base: str) -> None:
        self.paper, self.edition, self.number, self.base = paper, edition, number, base

    @property
    def record(self) -> FileRecord:
        return self.edition.document.record

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
        """Return the full address that stands for the sheet: the newest edition's moves, others stay."""
        newest = self.paper.newest_edition
        own = "" if newest and newest.pk == self.edition.pk else f"editions/{self.edition.number}/"
        return f"{self.paper.get_full_url()}{own}read/text/{_question(self.number)}"

    @property
    def language(self) -> str:
        return self.paper.language or self.record.language

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
                "blocks": [marked_block(block, nothing, []) for block in page.parts],
            }
            for page in found.order_by("number")
        ]
        ranked([block for page in pages for block in page["blocks"]])
        return [page for page in pages if page["blocks"]]


def _question(sheet: int) -> str:
    return f"?sheet={sheet}" if sheet > 1 else ""
