"""One page of a paper as it is read in the browser: its words, and the ways on from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property

if TYPE_CHECKING:
    from papers.models.editions import Edition
    from papers.models.files import FileRecord
    from papers.models.pages import Paper


class Reader:
    """Page ``number`` of ``edition``, counted from 1; ``base`` is the address that ``read/`` follows."""

    def __init__(
        self, paper: Paper, edition: Edition, number: int, *, base: str, asked: Mapping[str, Any]
    ) -> None:
        self.paper, self.edition, self.number = paper, edition, number
        self.base, self.asked = base, asked

    @property
    def record(self) -> FileRecord:
        return self.edition.document.record

    @property
    def page_count(self) -> int:
        return self.record.page_count

    @property
    def newest(self) -> Edition | None:
        """Return the edition that has taken this one's place, if one has."""
        newest = self.paper.newest_edition
        return newest if newest is not None and newest.pk != self.edition.pk else None

    def address(self, number: int) -> str:
        return f"{self.base}read/{number}/"

    @property
    def here(self) -> str:
        return self.address(self.number)

    @property
    def permanent(self) -> str:
        """Return the address of this page that no later edition takes over."""
        return f"{self.paper.get_url()}editions/{self.edition.number}/read/{self.number}/"

    @property
    def canonical(self) -> str:
        """Return the full address that stands for this page: the newest edition's moves, others stay."""
        own = f"editions/{self.edition.number}/" if self.newest else ""
        return f"{self.paper.get_full_url()}{own}read/{self.number}/"

    @property
    def previous(self) -> str:
        return self.address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.address(self.number + 1) if self.number < self.page_count else ""

    @cached_property
    def text(self) -> str:
        return self.record.pages.filter(number=self.number).values_list("text", flat=True).first() or ""

    @property
    def paragraphs(self) -> list[str]:
        return [words for words in self.text.split("\n\n") if words.strip()]

    @property
    def contents(self) -> list[dict[str, Any]]:
        """Return the outline of the file, each heading with its address; the one we are under is current."""
        led = [heading for heading in self.record.outline if heading["page"]]
        above = [index for index, heading in enumerate(led) if heading["page"] <= self.number]
        current = above[-1] if above else -1
        return [
            heading | {"url": self.address(heading["page"]), "is_current": index == current}
            for index, heading in enumerate(led)
        ]
