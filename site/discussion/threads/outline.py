"""The outline of a whole discussion in one light query: its threads, and which page each is on.

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

from django.db import connection
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


# A comment as the database has it: the fields of OutlineItem in other words, and its thread.
OutlineRow = tuple[int, int, int | None, str, int, bool, int, int | None, int]
COLUMNS = (
    "pk", "parent_id", "reply_to_id", "state", "order", "pinned", "useful_count", "user_id", "thread_id",
)  # fmt: skip


def outline_items(rows: Iterable[OutlineRow]) -> Iterator[OutlineItem]:
    """Yield items; a comment whose parent is not among them becomes a root, so that none is lost."""
    seen: set[int] = set()
    for pk, parent_id, reply_to_id, state, order, pinned, useful, author_id, _thread_id in rows:
        public = state == State.PUBLISHED
        # A comment without a place is in the outline for its author alone.
        above = parent_id if parent_id in seen else None
        yield OutlineItem(
            pk, above, reply_to_id, public or not order, public, bool(pinned and public), useful, author_id
        )
        seen.add(pk)


class ThreadOutline:
    """The comments of one thread, and the ``rows`` they were made of."""

    __slots__ = ("author_ids", "count", "items", "replied_ids", "roots", "rows")

    def __init__(self, items: Iterable[OutlineItem], *, rows: list[OutlineRow] | None = None) -> None:
        self.items, self.rows = list(items), rows
        self.roots = build_tree(self.items)
        self.count = sum(item.counted for item in self.items)
        self.author_ids = {
            item.author_id for item in self.items if item.author_id is not None and item.counted
        }
        self.replied_ids = {
            item.reply_to_id for item in self.items if item.reply_to_id is not None and item.shown
        }


class Outline:
    """The comments of one page, the same for many readers. ``roots`` are the top comments, oldest first."""

    def __init__(self, threads: dict[int, ThreadOutline], *, page_id: int | None = None) -> None:
        self.threads, self.page_id = threads, page_id
        self.roots = [root for thread in threads.values() for root in thread.roots]

    @classmethod
    def from_items(cls, items: Iterable[OutlineItem]) -> Outline:
        """Return the outline of items that stand as in ``build_tree``."""
        return cls({0: ThreadOutline(items)})

    @classmethod
    def for_page(cls, page: Page, *, reader: User | None = None, former: Outline | None = None) -> Outline:
        """Read the outline as ``reader`` sees it, who may be nobody; one query.

        What is the same in ``former``, an outline of the same page, is not made again: in a long
        discussion that would take longer than the query.
        """
        comments = Comment.objects.for_page(page).visible(to=reader).values_list(*COLUMNS)
        # Past the queryset, which would look at each value of each row.
        with connection.cursor() as cursor:
            cursor.execute(*comments.query.sql_with_params())
            rows: list[OutlineRow] = cursor.fetchall()
        by_thread: dict[int, list[OutlineRow]] = {}
        for row in rows:
            by_thread.setdefault(row[-1], []).append(row)
        known = former.threads if former is not None else {}
        threads = {}
        for thread_id, thread_rows in by_thread.items():
            thread = known.get(thread_id)
            if thread is None or thread.rows != thread_rows:
                thread = ThreadOutline(outline_items(thread_rows), rows=thread_rows)
            threads[thread_id] = thread
        return cls(threads, page_id=page.pk)

    @property
    def items(self) -> list[OutlineItem]:
        """Return all comments, thread by thread."""
        return [item for thread in self.threads.values() for item in thread.items]

    @cached_property
    def length(self) -> int:
        return sum(len(thread.items) for thread in self.threads.values())

    @cached_property
    def count(self) -> int:
        return sum(thread.count for thread in self.threads.values())

    @cached_property
    def author_ids(self) -> set[int]:
        """Return the numbers of the members who commented here."""
        return set().union(*(thread.author_ids for thread in self.threads.values()))

    @cached_property
    def replied_ids(self) -> set[int]:
        """Return the numbers of the comments that somebody has answered."""
        return set().union(*(thread.replied_ids for thread in self.threads.values()))

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
