"""What a page of an edition and its full text have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from papers.editions.models import Edition
    from papers.files.models import FileRecord


class Readable(Protocol):
    """What the reader needs to know of a paper."""

    pk: Any
    language: str
    comments: Any

    @property
    def newest_edition(self) -> Edition | None: ...

    def get_url(self) -> str | None: ...

    def get_full_url(self) -> str | None: ...


class EditionView:
    """``number`` counts pages or parts from 1; ``base`` is the address in front of ``read/``."""

    def __init__(self, paper: Readable, edition: Edition, number: int, *, base: str) -> None:
        self.paper, self.edition, self.number, self.base = paper, edition, number, base

    @property
    def record(self) -> FileRecord:
        return self.edition.document.record

    @property
    def newer_edition(self) -> Edition | None:
        """Return the edition that has replaced this one, if one has."""
        newest = self.paper.newest_edition
        return newest if newest is not None and newest.pk != self.edition.pk else None

    @property
    def language(self) -> str:
        """Return the language tag of the text: the paper's own, else the file's, which may be empty."""
        return self.paper.language or self.record.language

    def canonical_url_of(self, place: str) -> str:
        """Return the full canonical address of ``place``; only older editions have their number in it."""
        edition = f"editions/{self.edition.number}/" if self.newer_edition else ""
        return f"{self.paper.get_full_url()}{edition}read/{place}"
