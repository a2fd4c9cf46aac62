"""An edition opened in the browser, one page at a time or as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from papers.editions.models import Edition
    from papers.files.models import FileRecord
    from papers.pages import Paper


class Opened:
    """``edition`` at its page or sheet ``number``, from 1; ``base`` is the address that ``read/`` follows."""

    def __init__(self, paper: Paper, edition: Edition, number: int, *, base: str) -> None:
        self.paper, self.edition, self.number, self.base = paper, edition, number, base

    @property
    def record(self) -> FileRecord:
        return self.edition.document.record

    @property
    def newest(self) -> Edition | None:
        """Return the edition that has taken this one's place, if one has."""
        newest = self.paper.newest_edition
        return newest if newest is not None and newest.pk != self.edition.pk else None

    @property
    def language(self) -> str:
        """Return the tag of the language of the text: the paper's own, else the file's; perhaps nothing."""
        return self.paper.language or self.record.language

    def standing_for(self, place: str) -> str:
        """Return the full address that stands for ``place``: the newest edition's moves, others stay."""
        own = f"editions/{self.edition.number}/" if self.newest else ""
        return f"{self.paper.get_full_url()}{own}read/{place}"
