"""Which discussions are active, and how many comments each page of a list has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Count, Max, Q
from django.utils import timezone
from wagtail.models import Page

from discussion.models import Comment
from publishing.models import all_pages

Kind = TypeVar("Kind", bound=Page)

ACTIVITY = timedelta(days=30)  # how long a comment counts for being active


def most_active(limit: int) -> list[Page]:
    """Return up to ``limit`` public pages, the most commented on in the last 30 days first; four queries.

    Of two with as many, the one with the newest comment is first.
    Each knows its ``comment_count``, and ``latest_comment_at`` and ``latest_comment_author``
    of its newest comment.
    """
    discussions = Comment.objects.published().on_public_pages().order_by().values("page")
    recent = Count("pk", filter=Q(submit_date__gte=timezone.now() - ACTIVITY))
    discussions = discussions.annotate(number=Count("pk"), last=Max("submit_date"), recent=recent)
    most_active_first = discussions.order_by("-recent", "-last", "-page")[:limit]
    by_page = {discussion["page"]: discussion for discussion in most_active_first}
    pages = all_pages().filter(pk__in=by_page).in_bulk()
    names = latest_authors(list(by_page))
    for pk, page in pages.items():
        page.comment_count, page.latest_comment_at = by_page[pk]["number"], by_page[pk]["last"]
        page.latest_comment_author = names.get(pk, "")
    return [pages[pk] for pk in by_page if pk in pages]


def latest_authors(page_pks: list[int]) -> dict[int, str]:
    """Return the author of the newest comment on each page."""
    newest = Comment.objects.published().newest_first()
    if not page_pks:
        return {}
    newest_of_each = reduce(or_, (Q(pk=newest.filter(page_id=pk).values("pk")[:1]) for pk in page_pks))
    comments = Comment.objects.with_authors().order_by().filter(newest_of_each)
    return {comment.page_id: comment.name for comment in comments}


def attach_comment_counts(pages: Sequence[Kind]) -> Sequence[Kind]:
    """Give each page of a list its ``comment_count``; one query, whatever their number and kinds."""
    numbers = Comment.objects.counts_by_page(pages) if pages else {}
    for page in pages:
        page.comment_count = numbers.get(page.pk, 0)
    return pages
