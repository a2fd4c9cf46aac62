"""Where readers are talking now, and how much was said under each page of a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Count, Max, Q
from wagtail.models import Page

from discussion.models import Comment
from publishing.models import all_pages

Kind = TypeVar("Kind", bound=Page)


def most_active(most: int) -> list[Page]:
    """Return up to ``most`` public pages, the one with the newest comment first; three queries.

    Each knows its ``comment_count``, and ``latest_comment_at`` and ``latest_comment_author``
    of its newest comment.
    """
    talks = Comment.objects.published().on_public_pages().order_by().values("page")
    talks = talks.annotate(number=Count("pk"), last=Max("submit_date")).order_by("-last", "-page")[:most]
    told = {talk["page"]: talk for talk in talks}
    found = all_pages().filter(pk__in=told).in_bulk()
    names = latest_authors(list(told))
    for pk, page in found.items():
        page.comment_count, page.latest_comment_at = told[pk]["number"], told[pk]["last"]
        page.latest_comment_author = names.get(pk, "")
    return [found[pk] for pk in told if pk in found]


def latest_authors(page_pks: list[int]) -> dict[int, str]:
    """Return who spoke last under each page."""
    newest = Comment.objects.published().newest_first()
    if not page_pks:
        return {}
    last = reduce(or_, (Q(pk=newest.filter(page_id=pk).values("pk")[:1]) for pk in page_pks))
    said = Comment.objects.with_authors().order_by().filter(last)
    return {comment.page_id: comment.name for comment in said}


def attach_comment_counts(found: Sequence[Kind]) -> Sequence[Kind]:
    """Tell each page of a list its ``comment_count``; one query, whatever their number and kinds."""
    numbers = Comment.objects.counts_by_page(found) if found else {}
    for page in found:
        page.comment_count = numbers.get(page.pk, 0)
    return found
