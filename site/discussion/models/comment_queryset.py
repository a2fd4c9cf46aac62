"""Queries for many comments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django_comments.managers import CommentManager as PlainManager
from wagtail.models import Page

from discussion.models.comment_state import State
from discussion.models.thread_position import xtd_rows
from publishing.models import all_pages

if TYPE_CHECKING:
    from accounts.models import User
    from discussion.models.comment import Comment


class CommentQuerySet(models.QuerySet["Comment"]):
    def for_page(self, page: Page) -> CommentQuerySet:
        """Keep the comments on ``page``, parents before their replies, siblings oldest first."""
        return self.filter(page_id=page.pk).order_by("level", "submit_date", "pk")

    def written_by(self, member: User) -> CommentQuerySet:
        """Keep what ``member`` wrote, also as a guest under an address they have verified since."""
        as_guest = Q(user=None, plain_address__in=member.verified_emails)
        return self.annotate(plain_address=Lower("user_email")).filter(Q(user=member) | as_guest)

    def on_public_pages(self) -> CommentQuerySet:
        return self.filter(page__in=all_pages().published().order_by().values("pk"))

    def published(self) -> CommentQuerySet:
        return self.filter(state=State.PUBLISHED)

    def visible(self, *, to: User | None = None) -> CommentQuerySet:
        """Keep what has a place in its thread: what a stranger reads, and what may stand as a stub above it.

        ``to`` also sees what they wrote themselves and a moderator has not yet read.
        """
        placed = Q(order__gt=0)
        return self.filter(placed | Q(user=to, state=State.WAITING) if to is not None else placed)

    def unconfirmed(self) -> CommentQuerySet:
        return self.filter(state=State.UNCONFIRMED)

    def waiting(self) -> CommentQuerySet:
        return self.filter(state=State.WAITING)

    def newest_first(self) -> CommentQuerySet:
        return self.order_by("-submit_date", "-pk")

    def with_authors(self) -> CommentQuerySet:
        return self.select_related("user")

    def lock_threads(self, comments: Iterable[Comment]) -> None:
        """Lock the threads of ``comments`` until the transaction ends, always in the same order.

        Needed before more than one of them is given a place.
        """
        numbers = sorted({comment.thread_id for comment in comments})
        list(xtd_rows.filter(pk__in=numbers).order_by("pk").select_for_update(no_key=True).values_list("pk"))

    def counts_by_page(self, pages: Iterable[Page]) -> dict[int, int]:
        """Return how many published comments each of ``pages`` has; one query. Pages without are left out."""
        comments = self.published().filter(page__in=[page.pk for page in pages]).order_by()
        return dict(comments.values_list("page").annotate(number=Count("pk")))


class CommentManager(PlainManager.from_queryset(CommentQuerySet)):  # type: ignore[misc]
    """What Django's comments expect of a manager, without xtd's join and order on every query."""
