"""One page of a discussion as one reader sees it: three queries, some more for a member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.utils.translation import gettext, gettext_lazy
from wagtail.models import Page

from accounts.affiliation.badges import AuthorBadge, Verification, badge_of, verifications_of
from discussion.models import Comment
from discussion.text.anchors import attach_passages
from discussion.threads.outline import (
    INITIAL_REPLIES,
    NEWEST,
    REPLIES_PER_PAGE,
    THREADS_PER_PAGE,
    USEFUL,
    OutlineItem,
)
from discussion.threads.outline_cache import cached_outline
from discussion.threads.reader_state import ReaderState
from discussion.threads.rows import CommentRow, Confirmation, layout
from discussion.threads.tree import Node, descendants
from public_forms.numbers import nearest_number, parse_number

ORDERS = ("oldest", NEWEST, USEFUL)


@dataclass
class Thread:
    """A top comment and those of its replies that are shown now; ``hidden_count`` are left out."""

    rows: list[CommentRow]
    hidden_count: int
    replies_page: PaginatorPage | None
    query: str

    @property
    def has_replies(self) -> bool:
        return len(self.rows) > 1

    @property
    def fragment(self) -> str:
        return f"comment-{self.rows[0].comment.pk}"

    @property
    def more_url(self) -> str:
        """Return the address at which the whole thread stands open, at the last reply that is shown now."""
        return f"?{self.query.removesuffix('&')}#comment-{self.rows[-1].comment.pk}"


# By the query parameter that names the comment: what is said at it, right after its author did something.
CONFIRMATIONS = {"posted": gettext_lazy("Comment published."), "edited": gettext_lazy("Comment saved.")}


class ThreadPage:
    """One page of the discussion of ``page``, as the query parameters ask for it and this reader sees it."""

    def __init__(self, page: Page, *, params: Mapping[str, Any], reader_state: ReaderState) -> None:
        self.page, self.reader_state = page, reader_state
        self.params = params
        self.outline = reader_state.outline or cached_outline(page, reader=reader_state.reader)
        order = str(params.get("order") or "")
        self.order = order if order in ORDERS else ""

    @property
    def count(self) -> int:
        return self.outline.count

    @cached_property
    def verifications(self) -> dict[int, Verification]:
        """Return the verifications of the members who commented here and of the reader; one query at most."""
        reader = self.reader_state.reader
        return verifications_of(self.outline.author_ids | ({reader.pk} if reader else set()))

    @property
    def reader_badge(self) -> AuthorBadge | None:
        reader = self.reader_state.reader
        return badge_of(reader, self.verifications) if reader else None

    @cached_property
    def author_roles(self) -> dict[int, str]:
        """Return the roles of the members with a confirmed organization who commented here."""
        author_ids, verifications = self.outline.author_ids, self.verifications
        return {pk: one.role for pk, one in verifications.items() if one.role and pk in author_ids}

    @cached_property
    def roles(self) -> list[str]:
        """Return what one can filter by: each role once, as somebody here writes it."""
        return sorted(
            {role.casefold(): role for role in self.author_roles.values()}.values(), key=str.casefold
        )

    @cached_property
    def role(self) -> str:
        """Return the role of the filter, spelled as somebody here writes it; empty where nobody has it."""
        requested = self.params.get("role", "").casefold()
        return next((role for role in self.roles if role.casefold() == requested), "") if requested else ""

    def _has_role(self, top: Node[OutlineItem]) -> bool:
        """Say whether anybody with the role of the filter has written in this thread."""
        author_ids = {pk for pk, role in self.author_roles.items() if role.casefold() == self.role.casefold()}
        thread = [top, *descendants(top)]
        return any(node.comment.counted and node.comment.author_id in author_ids for node in thread)

    @cached_property
    def page_obj(self) -> PaginatorPage:
        tops = self.outline.sorted_roots(order=self.order)
        if self.role:
            tops = [top for top in tops if self._has_role(top)]
        paginator = Paginator(tops, THREADS_PER_PAGE)
        return paginator.page(nearest_number(self.params.get("talk"), maximum=paginator.num_pages))

    @property
    def confirmation(self) -> Confirmation | None:
        for name, text in CONFIRMATIONS.items():
            if pk := parse_number(self.params.get(name)):
                return Confirmation(pk, text)
        return None

    @property
    def orders(self) -> list[tuple[str, str]]:
        return [
            ("oldest", gettext("Oldest first")),
            (NEWEST, gettext("Newest first")),
            (USEFUL, gettext("Most useful first")),
        ]

    @property
    def current_order(self) -> str:
        return self.order or ORDERS[0]

    @property
    def query(self) -> str:
        """Return order and role as query parameters, ready for more to follow."""
        params = {"order": self.order, "role": self.role}
        return "".join(f"{urlencode({name: value})}&" for name, value in params.items() if value)

    @property
    def role_query(self) -> str:
        return f"&{urlencode({'role': self.role})}" if self.role else ""

    @cached_property
    def threads(self) -> list[Thread]:
        plans = [(top, *self._select_replies(top)) for top in self.page_obj.object_list]
        items = [node.comment for _, nodes, _, _ in plans for node in nodes]
        # The comment a reply answers may be on another page; its author's name is shown.
        comment_ids = {item.pk for item in items} | {item.reply_to_id for item in items if item.reply_to_id}
        shown = self.reader_state.with_reactions(Comment.objects.with_authors())
        comments = shown.in_bulk(comment_ids) if comment_ids else {}
        attach_passages(self.page, comments.values())
        here = f"{self.query}talk={self.page_obj.number}&"
        threads = [
            Thread(list(layout(nodes, comments)), more, parts, f"{here}thread={top.comment.pk}&")
            for top, nodes, more, parts in plans
            if top.comment.pk in comments  # else it was deleted between the two queries
        ]
        self._annotate([row for thread in threads for row in thread.rows])
        return threads

    def _annotate(self, rows: list[CommentRow]) -> None:
        """Add to each row the author's badge, and what it is to this reader."""
        reader_state, replied_ids = self.reader_state, self.outline.replied_ids
        for row in rows:
            comment = row.comment
            row.badge = badge_of(comment.user, self.verifications) if comment.user_id is not None else None
            row.has_replies = comment.pk in replied_ids
            row.is_own, row.is_unread = reader_state.is_own(comment), reader_state.is_unread(comment)
            row.is_editable = row.is_own and comment.can_edit(has_replies=row.has_replies)
            row.has_reacted = reader_state.has_reacted(comment)

    def _select_replies(
        self, top: Node[OutlineItem]
    ) -> tuple[list[Node[OutlineItem]], int, PaginatorPage | None]:
        """Return the nodes of a thread to show, how many more there are, and the part that is open."""
        if self.params.get("thread") != str(top.comment.pk):
            first = list(islice(descendants(top), INITIAL_REPLIES))
            return (
                [top, *first],
                top.visible_descendants - sum(node.comment.shown for node in first),
                None,
            )
        parts = Paginator(list(descendants(top)), REPLIES_PER_PAGE)
        part = parts.page(self._replies_page_number(parts))
        return [top, *part.object_list], 0, part

    def _replies_page_number(self, parts: Paginator) -> int:
        """Return which part of an open thread is asked for: by its number, or by a comment in it."""
        at = self.params.get("at")
        places = (place for place, node in enumerate(parts.object_list) if str(node.comment.pk) == at)
        place = next(places, None) if at else None
        if place is None:
            return nearest_number(self.params.get("part"), maximum=parts.num_pages)
        return place // REPLIES_PER_PAGE + 1
