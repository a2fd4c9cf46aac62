"""A paper, or one page of one of its editions, as somebody cites it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from papers.citation import formats, styles

if TYPE_CHECKING:
    from datetime import date

    from papers.models import Edition, Paper
    from publishing.models import Authorship


PLAIN = "text/plain; charset=utf-8"
STYLES = {
    style.lower(): formats.Kind(style, "txt", PLAIN, partial(styles.as_text, style))
    for style in styles.STYLES
}
KINDS = formats.KINDS | STYLES  # by their part of the address


@dataclass
class Cited:
    """What is cited: ``edition`` is None where the paper has none yet, ``page`` None for the whole."""

    paper: Paper
    edition: Edition | None = None
    page: int | None = None

    @property
    def is_newest(self) -> bool:
        return self.edition is None or self.edition in (self.paper.newest_edition, self.paper.cited.edition)

    @property
    def dated(self) -> date | None:
        """Return the date of this very edition; the paper's own stands for its first."""
        is_later = self.edition is not None and (self.edition.number or 1) > 1
        if is_later or not self.paper.publication_date:
            posted = timezone.localdate(self.paper.posted_on) if self.paper.posted_on else None
            return self.edition.publication_date if self.edition else posted
        return self.paper.publication_date

    @property
    def address(self) -> str:
        """Return the full address a citation leads to, at which the same thing will always be had."""
        home = self.paper.full_url or ""
        if self.edition is not None and self.edition.number:
            if self.page:
                return f"{home}editions/{self.edition.number}/read/{self.page}/"
            if not self.is_newest:
                edition = self.edition
                return home + (edition.download_path if edition.has_download else edition.reading_path)
        return home

    @cached_property
    def item(self) -> dict[str, Any]:
        """Return it as a CSL item, the form from which all others are written."""
        paper, dated = self.paper, self.dated
        number = self.edition.number if self.edition else None
        said = {
            "id": f"{paper.slug}-{number}" if number else paper.slug,
            "type": "report",
            "title": ": ".join(filter(None, [paper.title, paper.subtitle])),
            "author": [author_of(authorship) for authorship in paper.byline],
            "issued": {"date-parts": [[dated.year, dated.month, dated.day]]} if dated else None,
            "publisher": paper.publisher,
            "genre": "White paper",
            "collection-title": paper.series,
            "number": paper.series_number,
            "edition": str(number) if number and number > 1 else "",
            "page": str(self.page) if self.page else "",
            "DOI": paper.doi if self.is_newest and not self.page else "",
            "ISBN": paper.isbn,
            "URL": self.address,
            "abstract": plain(paper.abstract),
            "language": paper.language_tag,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def references(self) -> list[tuple[str, str, SafeString]]:
        """Return key, name and HTML of every style; the HTML is text and italics alone."""
        return [
            (key, kind.name, mark_safe(styles.reference(kind.name, self.item)))  # noqa: S308
            for key, kind in STYLES.items()
        ]

    @property
    def pointer(self) -> SafeString:
        """Return how a text in APA style points here: (Quillfeather et al., 2009, p. 14)."""
        return mark_safe(styles.in_text("APA", self.item))  # noqa: S308

    @property
    def query(self) -> str:
        """Return what an address needs besides, to mean this edition and page."""
        asked = []
        if self.edition is not None and self.edition.number and (self.page or not self.is_newest):
            asked.append(f"edition={self.edition.number}")
        if self.page:
            asked.append(f"page={self.page}")
        return f"?{'&'.join(asked)}" if asked else ""

    @property
    def files(self) -> list[tuple[str, Any, str]]:
        """Return key, name and words of every file that programs read."""
        return [(key, kind.name, kind.written(self.item)) for key, kind in formats.KINDS.items()]


def plain(html: str) -> str:
    return " ".join(unescape(strip_tags(html.replace("</p>", "</p> "))).split())


def author_of(authorship: Authorship) -> dict[str, str]:
    named = authorship.author.name_parts
    return {name: value for name, value in named._asdict().items() if value} or {
        "literal": authorship.name,
    }
