"""Which discussions are active, and how many comments each page of a list has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from discussion.models import Comment
from pagecache.dependencies import expires_at
from publishing.routing import share_site_root_paths

Kind = TypeVar("Kind", bound=Page)

ACTIVITY = timedelta(days=30)  # how long a comment counts for being active


def most_active(limit: int) -> list[Page]:
    """Return up to ``limit`` public pages, the most commented on in the last 30 days first; two queries.

    Of two with as many, the one with the newest comment is first.
    Each has its title and its ``url``, its ``comment_count``, and ``latest_comment_at`` and
    ``latest_comment_author`` of its newest comment; nothing else of it is loaded.
    """
    # Counted from the last full hour, so that time changes the list once an hour.
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    expires_at(hour + timedelta(hours=1))
    recent = Count("pk", filter=Q(submit_date__gte=hour - ACTIVITY))
    rows = list(_discussions().annotate(recent=recent).order_by("-recent", "-last", "-page")[:limit])
    names = latest_authors({row[0]: row[4] for row in rows})
    pages = []
    for pk, title, url_path, number, last, _recent in rows:
        page = Page(pk=pk, title=title, url_path=url_path)
        page.comment_count, page.latest_comment_at = number, last
        page.latest_comment_author = names.get(pk, "")
        pages.append(page)
    share_site_root_paths(pages)
    return pages


@cache
def _discussions() -> QuerySet[Comment, Any]:
    """Return the query for all discussions on public pages, in no order; to build it takes long."""
    comments = Comment.objects.published().on_public_pages().order_by()
    rows = comments.values_list("page", "page__title", "page__url_path")
    return rows.annotate(number=Count("pk"), last=Max("submit_date"))


def latest_authors(moments: dict[int, datetime]) -> dict[int, str]:
    """Return the author of the newest comment on each page; ``moments`` says when that was written."""
    if not moments:
        return {}
    at_these = Comment.objects.published().filter(page__in=moments, submit_date__in=moments.values())
    comments = at_these.with_authors().only("page", "submit_date", "user_name", "user__name").order_by("pk")
    return {one.page_id: one.name for one in comments if one.submit_date == moments[one.page_id]}


def attach_comment_counts(pages: Sequence[Kind]) -> Sequence[Kind]:
    """Give each page of a list its ``comment_count``; one query, whatever their number and kinds."""
    numbers = Comment.objects.counts_by_page([page.pk for page in pages]) if pages else {}
    for page in pages:
        page.comment_count = numbers.get(page.pk, 0)
    return pages
