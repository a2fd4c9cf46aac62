"""What it means, under a paper, that a comment is about a page: which one, and where it is now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext

from discussion.text.anchors import MAX_QUOTE_LENGTH, Anchor, Passage
from papers.editions import access
from papers.files.models import PageText
from papers.reader.quotations import as_written, beginning, place_of

if TYPE_CHECKING:
    from papers.editions.models import Edition

MOST_LOOKED_FOR = 50  # quotations of one sheet of a talk; those beyond stand where they were said


class Passages:
    """Anchors of comments, as a paper with editions understands them. A part of Paper."""

    def resolve_anchor(self, anchor: Anchor) -> Anchor | None:
        """Return the anchor with its quotation as the page has it, or with none where it doesn't."""
        edition = access.find(self, anchor.edition)
        record = edition.record if edition is not None and edition.is_available else None
        if record is None or not 1 <= anchor.page <= record.page_count:
            return None
        text = record.pages.filter(number=anchor.page).values_list("text", flat=True).first() or ""
        return Anchor(anchor.edition, anchor.page, as_written(anchor.quote, text)[:MAX_QUOTE_LENGTH])

    def describe_anchors(self, anchors: Mapping[int, Anchor]) -> dict[int, Passage]:
        """Return each anchor in words, with its address; one query where earlier editions are quoted."""
        editions = {edition.number: edition for edition in self.visible_editions}
        newest = access.find(self)
        earlier = [a for a in anchors.values() if newest and a.quote and a.edition != newest.number]
        moved = self._found_again(newest, earlier[:MOST_LOOKED_FOR]) if newest else {}
        return {
            key: self._passage(anchor, editions[anchor.edition], newest, moved.get(anchor))
            for key, anchor in anchors.items()
            if anchor.edition in editions
        }

    def _passage(
        self, anchor: Anchor, said_of: Edition, newest: Edition | None, now_on: int | None
    ) -> Passage:
        """Say where: in the newest edition if it is there, else in the one it was said of."""
        url, told = self.get_url() or "", {"page": anchor.page, "number": said_of.number}
        if said_of == newest and said_of.is_available:
            return Passage(gettext("On p. %(page)s") % told, f"{url}read/{anchor.page}/", anchor.quote)
        if now_on is not None:
            words = gettext("On p. %(now)s, said of p. %(page)s of edition %(number)s")
            return Passage(words % (told | {"now": now_on}), f"{url}read/{now_on}/", anchor.quote)
        own = f"{url}editions/{said_of.number}/read/{anchor.page}/" if said_of.is_available else ""
        year = said_of.publication_date.year
        if [edition.publication_date.year for edition in self.visible_editions].count(year) == 1:
            words = gettext("About the %(year)s edition, p. %(page)s") % (told | {"year": year})
        else:
            words = gettext("About edition %(number)s, p. %(page)s") % told
        return Passage(words, own, anchor.quote)

    def _found_again(self, newest: Edition, anchors: list[Anchor]) -> dict[Anchor, int]:
        """Return the page of the newest edition on which each quotation stands; one query for all."""
        if not anchors or not newest.is_available or newest.record is None:
            return {}
        wanted = reduce(or_, (Q(text__contains=beginning(anchor.quote)) for anchor in anchors))
        pages = PageText.objects.filter(wanted, record=newest.record).values_list("number", "text")
        found: dict[Anchor, int] = {}
        for number, text in pages:
            for anchor in anchors:
                if anchor not in found and place_of(anchor.quote, text):
                    found[anchor] = number
        return found
