"""What lists and cards show of a page, as plain values from which their HTML is made and kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple


class Link(NamedTuple):
    title: str
    url: str

    @property
    def name(self) -> str:
        """Return the title of a link that is a person."""
        return self.title


class Cover(NamedTuple):
    """The image of a page; sizes in pixels."""

    url: str
    width: int | None
    height: int | None
    avif: str = ""


class Card(NamedTuple):
    """A page in a list; without authors and comments, beside or within another page."""

    kind: str
    kind_label: str
    title: str
    url: str
    language: str
    authors: tuple[Link, ...]
    posted_on: datetime | None
    comment_count: int
    introduction: str
    file_summary: str
    cover: Cover | None


def card_of(page: Any) -> Card:
    """Return the card of a page that ``publishing.models.listing`` loaded; no query."""
    cover = getattr(page, "cover", None)
    return Card(
        kind=getattr(page, "kind", ""),
        kind_label=str(getattr(page, "kind_label", "")),
        title=page.title,
        url=page.url or "",
        language=getattr(page, "language", ""),
        authors=tuple(Link(author.name, author.url) for author in vars(page).get("byline", ())),
        posted_on=page.first_published_at,
        comment_count=getattr(page, "comment_count", 0),
        introduction=getattr(page, "introduction", ""),
        file_summary=str(getattr(page, "file_summary", "")),
        cover=Cover(**cover) if cover else None,
    )


def cards_of(pages: Iterable[Any]) -> tuple[Card, ...]:
    return tuple(map(card_of, pages))
