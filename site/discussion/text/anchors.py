"""The passage that words are about: plain data here, to which the page they stand under gives a meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from public_forms.numbers import parse_number

ANCHOR_FIELDS = ("anchor_edition", "anchor_page", "anchor_quote")
MAX_QUOTE_LENGTH = 500
MAX_PAGE = 100_000  # of editions and pages; no paper comes near


@dataclass(frozen=True)
class Anchor:
    """Page ``page`` of edition ``edition``, and the words quoted from it, if any."""

    edition: int
    page: int
    quote: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """Return the anchor as fields of the form and of a comment."""
        return dict(zip(ANCHOR_FIELDS, (self.edition, self.page, self.quote), strict=True))


@dataclass(frozen=True)
class Passage:
    """An anchor as readers see it: ``words`` say where, ``url`` leads there or is empty."""

    label: str
    url: str
    quote: str = ""


class Anchored(Protocol):
    """What this module asks of a comment."""

    anchor_edition: int | None
    anchor_page: int | None
    anchor_quote: str
    passage: Passage | None

    @property
    def pk(self) -> int: ...


def anchor_from(fields: Mapping[str, Any]) -> Anchor | None:
    """Return the anchor among the fields of a form or an address; None for none, or for nonsense."""
    edition, page = (
        parse_number(str(fields.get(name) or "").strip(), maximum=MAX_PAGE) for name in ANCHOR_FIELDS[:2]
    )
    quote = " ".join(str(fields.get(ANCHOR_FIELDS[2]) or "").replace("\x00", "").split())
    return Anchor(edition, page, quote[:MAX_QUOTE_LENGTH]) if edition and page else None


def comment_anchor(comment: Anchored) -> Anchor | None:
    return anchor_from({name: getattr(comment, name) for name in ANCHOR_FIELDS})


def attach_passages(page: Any, comments: Iterable[Anchored]) -> None:
    """Give each comment its ``passage`` as readers see it, or None."""
    by_key = {comment.pk: comment for comment in comments}
    anchors = {pk: anchor for pk, comment in by_key.items() if (anchor := comment_anchor(comment))}
    known = page.describe_anchors(anchors) if anchors else {}
    for pk, comment in by_key.items():
        comment.passage = known.get(pk)
