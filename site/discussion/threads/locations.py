"""On which page of a discussion a comment is, found without reading the discussion.

Whoever has just posted is led there, at the same cost among ten comments and ten thousand.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from discussion.models import Comment
from discussion.models.thread_position import xtd_rows
from discussion.threads.commentable import Commentable
from discussion.threads.outline import INITIAL_REPLIES, THREADS_PER_PAGE
from discussion.threads.outline_cache import cached_outline
from public_forms.numbers import MAX_ID
from public_forms.responses import current_member
from publishing.models import all_pages

# Written out, since Django takes several times as long to put it together as the database to answer it.
# A top comment answers none, so they are counted in the index threads_of_a_page alone.
_THREADS = """
    SELECT COUNT(*) FROM discussion_comment AS top
    WHERE top.page_id = %s AND top.reply_to_id IS NULL
    AND (top.state = 'published' OR EXISTS (
        SELECT 1 FROM django_comments_xtd_xtdcomment AS place
        JOIN discussion_comment AS reply ON reply.xtdcomment_ptr_id = place.comment_ptr_id
        WHERE place.thread_id = top.xtdcomment_ptr_id AND reply.state = 'published'
    ))
"""
_EARLIER = """top.xtdcomment_ptr_id NOT IN (
    SELECT id FROM django_comments WHERE submit_date > %s OR (submit_date = %s AND id >= %s)
)"""
_PINNED = "top.pinned AND top.state = 'published'"
EARLIER_THREADS = f"{_THREADS} AND ({_EARLIER} OR {_PINNED})"
EARLIER_PINNED_THREADS = f"{_THREADS} AND {_EARLIER} AND {_PINNED}"


def location_query(comment: Comment, *, confirms: str = "") -> str:
    """Return what follows the page's own address to lead to a published comment, oldest first.

    In a thread that may hold more than is shown at first, the page opens the
    part in which the comment stands. ``confirms`` is a key of
    thread_page.CONFIRMATIONS: the sentence that the page shows at the comment.
    """
    params: dict[str, int] = {"talk": page_number_of(comment)}
    if confirms:
        params[confirms] = comment.pk
    if not comment.is_root and xtd_rows.get(pk=comment.thread_id).nested_count > INITIAL_REPLIES:
        params |= {"thread": comment.thread_id, "at": comment.pk}
    return f"?{urlencode(params)}#comment-{comment.pk}"


def page_number_of(comment: Comment) -> int:
    """Return the page of the list that holds the comment's thread; one or two queries.

    Cheap for a comment that was written lately: those later than it are looked up, and the rest counted in
    an index.
    """
    top = comment if comment.is_root else Comment.objects.get(pk=comment.thread_id)
    moment = connection.ops.adapt_datetimefield_value(top.submit_date)
    leads = top.pinned and top.is_shown
    with connection.cursor() as cursor:
        cursor.execute(
            EARLIER_PINNED_THREADS if leads else EARLIER_THREADS, [top.page_id, moment, moment, top.pk]
        )
        (earlier,) = cursor.fetchone()
    return earlier // THREADS_PER_PAGE + 1


def may_read(request: HttpRequest, page: Page) -> bool:
    """Say whether this reader may see ``page``: it is published, and its privacy lets them in."""
    is_published = page.live and page.first_published_at is not None
    return is_published and (
        is_open_to_all(page)
        or all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
    )


def is_open_to_all(page: Page) -> bool:
    """Say whether neither the page nor one above it is private, or an alias of what may be.

    One query, where Wagtail has two; none for a page of which it is known.
    """
    if getattr(page, "is_known_unrestricted", False):
        return True
    path = [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    concerned = Q(view_restrictions__isnull=False) | Q(alias_of__isnull=False)
    return not Page.objects.filter(concerned, path__in=path).order_by().exists()


def get_commentable_page(request: HttpRequest, pk: int) -> Page:
    """Return the page as what it is; raises Http404 where this reader finds no discussion."""
    base_page = all_pages().live().filter(pk=pk).first() if 0 < pk <= MAX_ID else None
    page = base_page.specific if base_page is not None else None
    if not isinstance(page, Commentable) or not may_read(request, page):
        raise Http404
    return page


def get_comment_or_404(pk: int) -> Comment:
    """Raises Http404 where there never was one, or it isn't confirmed."""
    comment = Comment.objects.with_authors().filter(pk=pk).first() if 0 < pk <= MAX_ID else None
    if comment is None:
        raise Http404
    return comment


def page_path(page: Page, request: HttpRequest) -> str:
    """Return the page's address on this site, without scheme and host."""
    parts = page.get_url_parts(request)
    if parts is None:
        raise Http404
    return parts[2]


def comment_path(request: HttpRequest, page: Page, comment: Comment) -> str:
    """Return the address at which this reader finds the comment; raises Http404 where they don't."""
    location = cached_outline(page, reader=current_member(request)).locate(comment.pk)
    if location is None:
        raise Http404
    return page_path(page, request) + location.query()


def gone_page(request: HttpRequest, page: Page, comment: Comment) -> HttpResponse:
    """Say with 410 that a comment is gone, and lead to its stub where there is one."""
    location = cached_outline(page, reader=current_member(request)).locate(comment.pk)
    query = location.query() if location else "#discussion"
    context = {"comment": comment, "page": page, "location_query": query}
    return render(request, "discussion/gone.html", context, status=HTTPStatus.GONE)
