"""The page of a paper that a comment is about, and where its quotation is in the newest edition."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Protocol

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db.models import Q
from django.utils.translation import gettext

from discussion.text.anchors import MAX_QUOTE_LENGTH, Anchor, Passage
from papers.editions import access
from papers.editions.access import HasEditions
from papers.files.models import PageText
from papers.reader.quotations import as_written, beginning, place_of

if TYPE_CHECKING:
    from papers.editions.models import Edition

MAX_QUOTATIONS = 50  # of one page of a discussion; comments beyond stay with the edition they quote


class HasPassages(HasEditions, Protocol):
    def get_url(self) -> str | None: ...


class CommentPassages:
    """Anchors of comments, as a paper with editions understands them. A part of Paper."""

    def resolve_anchor(self: HasPassages, anchor: Anchor) -> Anchor | None:
        """Return the anchor with its quotation as on the page, or without one that is not on it."""
        edition = access.find(self, anchor.edition)
        record = edition.record if edition is not None and edition.is_available else None
        if record is None or not 1 <= anchor.page <= record.page_count:
            return None
        text = record.pages.filter(number=anchor.page).values_list("text", flat=True).first() or ""
        return Anchor(anchor.edition, anchor.page, as_written(anchor.quote, text)[:MAX_QUOTE_LENGTH])

    def describe_anchors(self: HasPassages, anchors: Mapping[int, Anchor]) -> dict[int, Passage]:
        """Return each anchor in words, with its address; one query where earlier editions are quoted."""
        editions = {edition.number: edition for edition in self.visible_editions}
        newest = access.find(self)
        earlier = [a for a in anchors.values() if newest and a.quote and a.edition != newest.number]
        new_pages = _find_pages(newest, earlier[:MAX_QUOTATIONS]) if newest else {}
        return {
            key: _describe(self, anchor, editions[anchor.edition], newest, new_pages.get(anchor))
            for key, anchor in anchors.items()
            if anchor.edition in editions
        }


def _describe(
    paper: HasPassages, anchor: Anchor, edition: Edition, newest: Edition | None, new_page: int | None
) -> Passage:
    """Describe a passage of ``edition``, by its page in the newest edition where it is still in that."""
    url, values = paper.get_url() or "", {"page": anchor.page, "number": ordinal(edition.number)}
    if edition == newest and edition.is_available:
        return Passage(gettext("On p. %(page)s") % values, f"{url}read/{anchor.page}/", anchor.quote)
    if new_page is not None:
        text = gettext("On p. %(now)s (p. %(page)s of the %(number)s edition)")
        return Passage(text % (values | {"now": new_page}), f"{url}read/{new_page}/", anchor.quote)
    edition_url = f"{url}editions/{edition.number}/read/{anchor.page}/" if edition.is_available else ""
    year = edition.publication_date.year
    if [other.publication_date.year for other in paper.visible_editions].count(year) == 1:
        text = gettext("About the %(year)s edition, p. %(page)s") % (values | {"year": year})
    else:
        text = gettext("About the %(number)s edition, p. %(page)s") % values
    return Passage(text, edition_url, anchor.quote)


def _find_pages(newest: Edition, anchors: list[Anchor]) -> dict[Anchor, int]:
    """Return the page of the newest edition that each quotation is on; one query for all."""
    if not anchors or not newest.is_available or newest.record is None:
        return {}
    condition = reduce(or_, (Q(text__contains=beginning(anchor.quote)) for anchor in anchors))
    pages = PageText.objects.filter(condition, record=newest.record).values_list("number", "text")
    numbers: dict[Anchor, int] = {}
    for number, text in pages:
        for anchor in anchors:
            if anchor not in numbers and place_of(anchor.quote, text):
                numbers[anchor] = number
    return numbers
