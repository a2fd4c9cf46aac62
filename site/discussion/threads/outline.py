"""A whole talk in one light query: who stands beneath whom, and on which sheet.

From it come the count, the sheets of the list, and the address at which a
comment is found, without reading a single comment's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from wagtail.models import Page

from accounts.models import User
from discussion.models import Comment, State
from discussion.threads.tree import Branch, beneath, weave

TOPS_A_SHEET = 20
REPLIES_AT_FIRST = 10
REPLIES_A_PART = 200
NEWEST, USEFUL = "newest", "useful"


class Line(NamedTuple):
    """One comment in the outline of a talk."""

    pk: int
    parent_id: int | None
    reply_to_id: int | None
    shown: bool
    counted: bool
    pinned: bool = False
    useful: int = 0
    writer: int | None = None


@dataclass(frozen=True)
class Spot:
    """Where a comment stands: its sheet, its thread, and the part of it when beyond the first replies."""

    pk: int
    sheet: int
    thread: int
    part: int | None

    def address(self, *, order: str = "") -> str:
        """Return what follows the page's own address to lead there."""
        asked: dict[str, object] = {"talk": self.sheet}
        if order:
            asked["order"] = order
        if self.part is not None:
            asked["thread"] = self.thread
            if self.part > 1:
                asked["part"] = self.part
        return f"?{urlencode(asked)}#comment-{self.pk}"


Found = tuple[int, int, int | None, str, int, bool, int, int | None]


def lines_of(found: Iterable[Found]) -> Iterator[Line]:
    """Yield lines; a comment whose parent is not among them stands at the top, so that none is lost."""
    given: set[int] = set()
    for pk, parent_id, reply_to_id, state, order, pinned, useful, writer in found:
        public = state == State.PUBLISHED
        # What has no place yet is in the outline only for whoever wrote it.
        above = parent_id if parent_id in given else None
        yield Line(pk, above, reply_to_id, public or not order, public, pinned and public, useful, writer)
        given.add(pk)


class Outline:
    """The talk under one page, the same for many readers. ``branches`` are its tops, oldest first."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = list(lines)
        self.branches = weave(self.lines)

    @classmethod
    def of(cls, page: Page, *, reader: User | None = None) -> Outline:
        """Read the outline as ``reader`` sees it, who may be nobody; one query."""
        said = Comment.objects.on(page).visible(to=reader)
        found = said.values_list(
            "pk", "parent_id", "reply_to_id", "state", "order", "pinned", "useful_count", "user_id"
        )
        return cls(lines_of(found))

    @cached_property
    def count(self) -> int:
        return sum(line.counted for line in self.lines)

    @property
    def sheets(self) -> int:
        return max(1, -(-len(self.branches) // TOPS_A_SHEET))

    def tops(self, *, order: str = "") -> list[Branch]:
        """Return the top comments in an order, pinned ones first; among equals the older comes first."""
        found = self.branches[::-1] if order == NEWEST else self.branches
        if order == USEFUL:
            found = sorted(found, key=lambda top: -top.comment.useful)
        return sorted(found, key=lambda top: not top.comment.pinned)

    @cached_property
    def writers(self) -> set[int]:
        """Return the numbers of the members who speak here."""
        return {line.writer for line in self.lines if line.writer is not None and line.counted}

    @cached_property
    def answered(self) -> set[int]:
        """Return the numbers of the comments that somebody has answered."""
        return {line.reply_to_id for line in self.lines if line.reply_to_id is not None and line.shown}

    def spot(self, pk: int, *, order: str = "") -> Spot | None:
        """Return where the comment stands; None when it doesn't."""
        for index, top in enumerate(self.tops(order=order)):
            sheet = index // TOPS_A_SHEET + 1
            if top.comment.pk == pk:
                return Spot(pk, sheet, pk, None)
            for place, branch in enumerate(beneath(top)):
                if branch.comment.pk == pk:
                    part = place // REPLIES_A_PART + 1 if place >= REPLIES_AT_FIRST else None
                    return Spot(pk, sheet, top.comment.pk, part)
        return None
