"""One page of a paper in the online reader: its image, its text, and the links from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from discussion.text.anchors import Anchor
from papers.reader import page_images
from papers.reader.edition_view import EditionView, Readable
from papers.reader.full_text import FullText
from papers.reader.highlighting import Highlighter, highlight_block, set_heading_levels
from papers.reader.passages import MAX_QUOTATIONS
from papers.reader.quotations import place_of

if TYPE_CHECKING:
    from discussion.models import Comment
    from papers.editions.models import Edition
    from papers.files.models import PageText


ZOOMS = (100, 150, 200, 300)  # percent of the column's width


class ReaderPage(EditionView):
    """Page ``number`` of an edition; ``params`` are the address's ``q`` and ``zoom``."""

    def __init__(
        self, paper: Readable, edition: Edition, number: int, *, base: str, params: Mapping[str, Any]
    ) -> None:
        super().__init__(paper, edition, number, base=base)
        self.params = params

    @property
    def page_count(self) -> int:
        return self.record.page_count

    @property
    def url(self) -> str:
        """Return the address of this page without search and zoom."""
        return f"{self.base}read/{self.number}/"

    def url_of(self, number: int) -> str:
        """Return the address of another page, with the same search and zoom."""
        query = self._search_query
        if self.zoom != ZOOMS[0]:
            query["zoom"] = str(self.zoom)
        return f"{self.base}read/{number}/{'?' if query else ''}{urlencode(query)}"

    @property
    def _search_query(self) -> dict[str, str]:
        return {"q": self.highlighter.text} if self.highlighter.has_query else {}

    @property
    def permanent_url(self) -> str:
        """Return the address of this page that no later edition takes over."""
        return f"{self.paper.get_url()}editions/{self.edition.number}/read/{self.number}/"

    @property
    def canonical_url(self) -> str:
        return self.canonical_url_of(f"{self.number}/")

    @property
    def previous_url(self) -> str:
        return self.url_of(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self.url_of(self.number + 1) if self.number < self.page_count else ""

    @property
    def full_text_url(self) -> str:
        """Return the address of the full text, at this page."""
        return FullText.url_at(self.number, base=self.base)

    @property
    def comment_url(self) -> str:
        """Return the address of the form to comment on this page; a script adds a quotation."""
        fields = Anchor(self.edition.number, self.number).fields
        query = urlencode({name: value for name, value in fields.items() if value})
        return f"{reverse('comment_on_passage', args=[self.paper.pk])}?{query}"

    @property
    def has_query(self) -> bool:
        """Say whether the address has a search or a zoom, which no search engine should index."""
        return self.highlighter.has_query or self.zoom != ZOOMS[0]

    @property
    def zoom(self) -> int:
        """Return the width of the image in percent of the column's."""
        text = str(self.params.get("zoom", ""))
        return int(text) if text in map(str, ZOOMS) else ZOOMS[0]

    @property
    def zooms(self) -> list[dict[str, Any]]:
        return [
            {
                "percent": percent,
                "url": f"{self.url}?{urlencode({**self._search_query, 'zoom': percent})}",
                "is_current": percent == self.zoom,
            }
            for percent in ZOOMS
        ]

    @cached_property
    def page_text(self) -> PageText | None:
        return self.record.pages.filter(number=self.number).first()

    @property
    def text(self) -> str:
        return self.page_text.text if self.page_text else ""

    @property
    def highlighted_blocks(self) -> list[dict[str, Any]]:
        """Return the blocks as safe HTML, with search terms and quotations marked."""
        quotes = [comment.anchor_quote for comment in self.comments_here if comment.anchor_quote]
        quotes = list(dict.fromkeys(quotes))[:MAX_QUOTATIONS]
        blocks = self.page_text.blocks if self.page_text else []
        return set_heading_levels([highlight_block(block, self.highlighter, quotes) for block in blocks])

    @cached_property
    def highlighter(self) -> Highlighter:
        return Highlighter(str(self.params.get("q", "")))

    @cached_property
    def matching_pages(self) -> list[dict[str, Any]]:
        """Return number, number of matches and address of each page that matches; one query."""
        if not self.highlighter.has_query:
            return []
        return [
            {
                "number": number,
                "count": len(matches),
                "has_phrase": self.highlighter.has_phrase(text),
                "url": f"{self.url_of(number)}#found",
                "is_current": number == self.number,
            }
            for number, text in self.record.pages.values_list("number", "text")
            if (matches := self.highlighter.page_matches(text))
        ]

    @property
    def pages_with_phrase(self) -> list[dict[str, Any]]:
        """Return the matching pages on which the words of the search follow one another."""
        return [match for match in self.matching_pages if match["has_phrase"]]

    @property
    def pages_with_words(self) -> list[dict[str, Any]]:
        """Return the matching pages that have the words apart."""
        return [match for match in self.matching_pages if not match["has_phrase"]]

    @property
    def image(self) -> dict[str, Any] | None:
        """Return address without the extension, and size, of the page's image; None where there is none."""
        if not page_images.can_be_rendered(self.record, self.number):
            return None
        text = self.page_text
        ratio = text.height / text.width if text and text.width and text.height else 0
        height = min(round(page_images.WIDTH * ratio), page_images.MAX_HEIGHT_RATIO * page_images.WIDTH)
        return {"url": f"{self.permanent_url}picture-", "width": page_images.WIDTH, "height": height}

    @cached_property
    def comments_here(self) -> list[Comment]:
        """Return the comments on this page, or with quotations that are now on it; oldest first."""
        here = Q(anchor_edition=self.edition.number, anchor_page=self.number)
        elsewhere = ~Q(anchor_edition=self.edition.number) & ~Q(anchor_quote="")
        comments = self.paper.comments.published().exclude(anchor_page=None).filter(here | elsewhere)
        comments = comments.with_authors().order_by("submit_date", "pk")
        return [one for one in comments if self._is_about_this_page(one)]

    def _is_about_this_page(self, comment: Comment) -> bool:
        if comment.anchor_edition == self.edition.number:
            return comment.anchor_page == self.number
        return bool(comment.anchor_quote) and place_of(comment.anchor_quote, self.text) is not None

    @property
    def contents(self) -> list[dict[str, Any]]:
        """Return the outline's headings with their addresses; the one this page is under is current."""
        headings = [heading for heading in self.record.outline if heading["page"]]
        begun = [index for index, heading in enumerate(headings) if heading["page"] <= self.number]
        current = begun[-1] if begun else -1
        return [
            heading | {"url": self.url_of(heading["page"]), "is_current": index == current}
            for index, heading in enumerate(headings)
        ]
