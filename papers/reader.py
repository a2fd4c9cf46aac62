"""One page of a paper as it is read in the browser: its words, and the ways on from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property

from discussion.anchors import Anchor
from papers.quotations import place_of

if TYPE_CHECKING:
    from discussion.models import Comment
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

    @cached_property
    def said_here(self) -> list[Comment]:
        """Return what readers said about this page, or about words that now stand on it; oldest first."""
        said = self.paper.comments.published().exclude(anchor_page=None).with_writers()
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
        return f"{reverse('comment_about', args=[self.paper.pk])}?{urlencode(asked)}"

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
