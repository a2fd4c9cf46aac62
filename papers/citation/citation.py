"""The citation of a paper, of one of its editions, or of a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, Any, Protocol

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from papers.citation import formats, styles

if TYPE_CHECKING:
    from datetime import date

    from papers.editions.models import Edition
    from publishing.models import Authorship


TEXT_PLAIN = "text/plain; charset=utf-8"
STYLES = {
    style.lower(): formats.Format(style, "txt", TEXT_PLAIN, partial(styles.as_text, style))
    for style in styles.STYLES
}
FORMATS = formats.FORMATS | STYLES  # by their part of the address


class Citable(Protocol):
    """What citations and metadata need to know of a paper."""

    title: str
    subtitle: str
    slug: str
    introduction: str
    abstract: str
    publisher: str
    series: str
    series_number: str
    doi: str
    isbn: str
    status: str
    publication_date: date | None
    published_data: Any
    successor: Any

    @property
    def citation(self) -> Citation: ...

    @property
    def newest_edition(self) -> Edition | None: ...

    @property
    def downloadable_edition(self) -> Edition | None: ...

    @property
    def byline(self) -> Any: ...

    @property
    def topics(self) -> Any: ...

    @property
    def posted_on(self) -> Any: ...

    @property
    def full_url(self) -> Any: ...

    @property
    def language_tag(self) -> str: ...

    @property
    def doi_url(self) -> str: ...

    @property
    def licence_url(self) -> str: ...

    @property
    def effective_licence(self) -> Any: ...

    @property
    def is_current(self) -> bool: ...


@dataclass
class Citation:
    """``edition`` is None where the paper has none yet; ``page`` is None for the whole paper."""

    paper: Citable
    edition: Edition | None = None
    page: int | None = None

    @property
    def is_newest(self) -> bool:
        return self.edition is None or self.edition in (
            self.paper.newest_edition,
            self.paper.citation.edition,
        )

    @property
    def publication_date(self) -> date | None:
        """Return the date of this edition; the first has the paper's own."""
        is_later = self.edition is not None and (self.edition.number or 1) > 1
        if is_later or not self.paper.publication_date:
            posted = timezone.localdate(self.paper.posted_on) if self.paper.posted_on else None
            return self.edition.publication_date if self.edition else posted
        return self.paper.publication_date

    @property
    def url(self) -> str:
        """Return the full address of the citation, which will always lead to the same content."""
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
        """Return the citation as a CSL item, from which all formats are written."""
        paper, publication_date = self.paper, self.publication_date
        number = self.edition.number if self.edition else None
        item = {
            "id": f"{paper.slug}-{number}" if number else paper.slug,
            "type": "report",
            "title": ": ".join(filter(None, [paper.title, paper.subtitle])),
            "author": [csl_author(authorship) for authorship in paper.byline],
            "issued": {"date-parts": [[publication_date.year, publication_date.month, publication_date.day]]}
            if publication_date
            else None,
            "publisher": paper.publisher,
            "genre": "White paper",
            "collection-title": paper.series,
            "number": paper.series_number,
            "edition": str(number) if number and number > 1 else "",
            "page": str(self.page) if self.page else "",
            "DOI": paper.doi if self.is_newest and not self.page else "",
            "ISBN": paper.isbn,
            "URL": self.url,
            "abstract": plain_text(paper.abstract),
            "language": paper.language_tag,
        }
        return {name: value for name, value in item.items() if value}

    @property
    def references(self) -> list[tuple[str, str, SafeString]]:
        """Return key, name and HTML of every style; the HTML has no tags but italics and the like."""
        return [
            (key, format.name, mark_safe(styles.reference(format.name, self.item)))  # noqa: S308
            for key, format in STYLES.items()
        ]

    @property
    def in_text(self) -> SafeString:
        """Return the citation in a text in APA style: (Quillfeather et al., 2009, p. 14)."""
        return mark_safe(styles.in_text("APA", self.item))  # noqa: S308

    @property
    def query(self) -> str:
        """Return the query string that selects this edition and page; empty for the newest as a whole."""
        params = []
        if self.edition is not None and self.edition.number and (self.page or not self.is_newest):
            params.append(f"edition={self.edition.number}")
        if self.page:
            params.append(f"page={self.page}")
        return f"?{'&'.join(params)}" if params else ""

    @property
    def files(self) -> list[tuple[str, Any, str]]:
        """Return key, name and content of every file format."""
        return [(key, format.name, format.writer(self.item)) for key, format in formats.FORMATS.items()]


def plain_text(html: str) -> str:
    return " ".join(unescape(strip_tags(html.replace("</p>", "</p> "))).split())


def csl_author(authorship: Authorship) -> dict[str, str]:
    parts = authorship.author.name_parts
    names = {name: value for name, value in parts._asdict().items() if value} if parts else {}
    return names or {"literal": authorship.name}
