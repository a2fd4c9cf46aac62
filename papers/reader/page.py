"""One page of a paper as it is read in the browser: its words, and the ways on from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property

from discussion.text.anchors import Anchor
from papers.reader import page_images
from papers.reader.full_text import WholeText
from papers.reader.highlighting import Find, marked_block, ranked
from papers.reader.opened import Opened
from papers.reader.quotations import place_of

if TYPE_CHECKING:
    from discussion.models import Comment
    from papers.editions.models import Edition
    from papers.files.models import PageText
    from papers.pages import Paper


ZOOMS = (100, 150, 200, 300)


class Reader(Opened):
    """Page ``number`` of an edition; ``asked`` is what is searched for, and how large the picture is."""

    def __init__(
        self, paper: Paper, edition: Edition, number: int, *, base: str, asked: Mapping[str, Any]
    ) -> None:
        super().__init__(paper, edition, number, base=base)
        self.asked = asked

    @property
    def page_count(self) -> int:
        return self.record.page_count

    def address(self, number: int) -> str:
        kept = {"q": self.find.text} if self.find.asks else {}
        if self.zoom != ZOOMS[0]:
            kept["zoom"] = str(self.zoom)
        return f"{self.base}read/{number}/{'?' if kept else ''}{urlencode(kept)}"

    @property
    def plain_here(self) -> str:
        """Return the address of this page without what is searched for."""
        return f"{self.base}read/{self.number}/"

    @property
    def is_a_variant(self) -> bool:
        return self.find.asks or self.zoom != ZOOMS[0]

    @property
    def zoom(self) -> int:
        """Return how large the picture is asked for, in hundredths of the column's width."""
        asked = str(self.asked.get("zoom", ""))
        return int(asked) if asked in map(str, ZOOMS) else ZOOMS[0]

    @property
    def zooms(self) -> list[dict[str, Any]]:
        found = {"q": self.find.text} if self.find.asks else {}
        return [
            {
                "percent": percent,
                "url": f"{self.plain_here}?{urlencode(found | {'zoom': percent})}",
                "is_current": percent == self.zoom,
            }
            for percent in ZOOMS
        ]

    @property
    def whole(self) -> str:
        """Return the address of the words of all pages, at this one."""
        return WholeText.address_of(self.number, base=self.base)

    @property
    def permanent(self) -> str:
        """Return the address of this page that no later edition takes over."""
        return f"{self.paper.get_url()}editions/{self.edition.number}/read/{self.number}/"

    @property
    def canonical(self) -> str:
        return self.standing_for(f"{self.number}/")

    @property
    def previous(self) -> str:
        return self.address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.address(self.number + 1) if self.number < self.page_count else ""

    @cached_property
    def sheet(self) -> PageText | None:
        return self.record.pages.filter(number=self.number).first()

    @property
    def text(self) -> str:
        return self.sheet.text if self.sheet else ""

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return self.sheet.blocks if self.sheet else []

    @property
    def marked_blocks(self) -> list[dict[str, Any]]:
        """Return the parts as safe HTML: what was searched for and what readers quoted is marked."""
        quotes = [comment.anchor_quote for comment in self.said_here if comment.anchor_quote]
        return ranked([marked_block(block, self.find, quotes) for block in self.blocks])

    @cached_property
    def find(self) -> Find:
        return Find(str(self.asked.get("q", "")))

    @cached_property
    def hits(self) -> list[dict[str, Any]]:
        """Return the pages that have what was searched for, each with its address; one query."""
        if not self.find.asks:
            return []
        counted = (
            (number, len(self.find.places(text)))
            for number, text in self.record.pages.values_list("number", "text")
        )
        return [
            {
                "number": number,
                "count": count,
                "url": f"{self.address(number)}#found",
                "is_here": number == self.number,
            }
            for number, count in counted
            if count
        ]

    @property
    def is_tagged(self) -> bool:
        return bool(self.sheet and self.sheet.tagged_blocks)

    @property
    def picture(self) -> dict[str, Any] | None:
        """Return address and size of the page's picture, without the ending; None where there is none."""
        if not page_images.can_be_rendered(self.record, self.number):
            return None
        sheet = self.sheet
        shape = sheet.height / sheet.width if sheet and sheet.width and sheet.height else 0
        height = min(round(page_images.WIDTH * shape), page_images.MAX_HEIGHT_RATIO * page_images.WIDTH)
        return {"url": f"{self.permanent}picture-", "width": page_images.WIDTH, "height": height}

    @cached_property
    def said_here(self) -> list[Comment]:
        """Return what readers said about this page, or about words that now stand on it; oldest first."""
        said = self.paper.comments.published().exclude(anchor_page=None).with_authors()
        return [comment for comment in said.order_by("submit_date", "pk") if self._is_about(comment)]

    def _is_about(self, comment: Comment) -> bool:
        if comment.anchor_edition == self.edition.number:
            return comment.anchor_page == self.number
        return bool(comment.anchor_quote) and place_of(comment.anchor_quote, self.text) is not None

    @property
    def discuss(self) -> str:
        """Return the address of the form to say something about this page; a script adds a quotation."""
        anchor = Anchor(self.edition.number, self.number)
        asked = {name: value for name, value in anchor.fields.items() if value}
        return f"{reverse('comment_on_passage', args=[self.paper.pk])}?{urlencode(asked)}"

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
