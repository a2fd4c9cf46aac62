"""The outline of a whole discussion in one light query: its tree, and which page each thread is on.

From it come the count, the pages of the list and the address of every comment,
without reading any comment's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Max
from wagtail.models import Page

from accounts.models import User
from discussion.models import Comment, State
from discussion.threads.tree import Node, build_tree, descendants

THREADS_PER_PAGE = 20
INITIAL_REPLIES = 10
REPLIES_PER_PAGE = 200
NEWEST, USEFUL = "newest", "useful"


class OutlineItem(NamedTuple):
    """One comment in the outline: ``shown`` if its text is, ``counted`` if it is public."""

    pk: int
    parent_id: int | None
    reply_to_id: int | None
    shown: bool
    counted: bool
    pinned: bool = False
    useful_count: int = 0
    author_id: int | None = None


@dataclass(frozen=True)
class CommentLocation:
    """Where a comment is: page of the list, thread, and page of its replies when beyond the first ones."""

    pk: int
    page_number: int
    thread: int
    part: int | None

    def query(self, *, order: str = "") -> str:
        """Return the query and fragment that lead there from the page's address."""
        params: dict[str, object] = {"talk": self.page_number}
        if order:
            params["order"] = order
        if self.part is not None:
            params["thread"] = self.thread
            if self.part > 1:
                params["part"] = self.part
        return f"?{urlencode(params)}#comment-{self.pk}"


OutlineRow = tuple[int, int, int | None, str, int, bool, int, int | None]


def outline_items(rows: Iterable[OutlineRow]) -> Iterator[OutlineItem]:
    """Yield items; a comment whose parent is not among them becomes a root, so that none is lost."""
    seen: set[int] = set()
    for pk, parent_id, reply_to_id, state, order, pinned, useful, author_id in rows:
        public = state == State.PUBLISHED
        # A comment without a place is in the outline for its author alone.
        above = parent_id if parent_id in seen else None
        yield OutlineItem(
            pk, above, reply_to_id, public or not order, public, pinned and public, useful, author_id
        )
        seen.add(pk)


class Outline:
    """The comments of one page, the same for many readers. ``roots`` are the top comments, oldest first."""

    def __init__(self, items: Iterable[OutlineItem], *, page_id: int | None = None) -> None:
        self.items, self.page_id = list(items), page_id
        self.roots = build_tree(self.items)

    @classmethod
    def for_page(cls, page: Page, *, reader: User | None = None) -> Outline:
        """Read the outline as ``reader`` sees it, who may be nobody; one query."""
        comments = Comment.objects.for_page(page).visible(to=reader)
        rows = comments.values_list(
            "pk", "parent_id", "reply_to_id", "state", "order", "pinned", "useful_count", "user_id"
        )
        return cls(outline_items(rows), page_id=page.pk)

    @cached_property
    def count(self) -> int:
        return sum(item.counted for item in self.items)

    @cached_property
    def latest_at(self) -> datetime | None:
        """Return when the newest published comment was written; one query, once for each outline."""
        published = Comment.objects.published().filter(page_id=self.page_id).order_by()
        return published.aggregate(latest=Max("submit_date"))["latest"]

    @property
    def page_count(self) -> int:
        return max(1, -(-len(self.roots) // THREADS_PER_PAGE))

    def sorted_roots(self, *, order: str = "") -> list[Node[OutlineItem]]:
        """Return the top comments in an order, pinned ones first; among equals the older comes first."""
        roots = self.roots[::-1] if order == NEWEST else self.roots
        if order == USEFUL:
            roots = sorted(roots, key=lambda top: -top.comment.useful_count)
        return sorted(roots, key=lambda top: not top.comment.pinned)

    @cached_property
    def author_ids(self) -> set[int]:
        """Return the numbers of the members who commented here."""
        return {item.author_id for item in self.items if item.author_id is not None and item.counted}

    @cached_property
    def replied_ids(self) -> set[int]:
        """Return the numbers of the comments that somebody has answered."""
        return {item.reply_to_id for item in self.items if item.reply_to_id is not None and item.shown}

    def locate(self, pk: int, *, order: str = "") -> CommentLocation | None:
        """Return where the comment is shown; None where it isn't."""
        for index, top in enumerate(self.sorted_roots(order=order)):
            page_number = index // THREADS_PER_PAGE + 1
            if top.comment.pk == pk:
                return CommentLocation(pk, page_number, pk, None)
            for place, branch in enumerate(descendants(top)):
                if branch.comment.pk == pk:
                    part = place // REPLIES_PER_PAGE + 1 if place >= INITIAL_REPLIES else None
                    return CommentLocation(pk, page_number, top.comment.pk, part)
        return None
