"""Finding what a request speaks of, as far as this reader may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail.models import Page

from discussion.discussable import Discussable
from discussion.models import Comment
from publishing.models import pages

HIGHEST = 2**31 - 1  # the numbers that comments and pages have in the database


def may_read(request: HttpRequest, page: Page) -> bool:
    """Say whether this reader may see ``page``: it is published, and its privacy lets them in."""
    is_published = page.live and page.first_published_at is not None
    return is_published and all(
        restriction.accept_request(request) for restriction in page.get_view_restrictions()
    )


def talked_about(request: HttpRequest, pk: int) -> Page:
    """Return the page as what it is; raises Http404 where this reader finds nothing to talk about."""
    found = pages().live().filter(pk=pk).first() if 0 < pk <= HIGHEST else None
    page = found.specific if found is not None else None
    if not isinstance(page, Discussable) or not may_read(request, page):
        raise Http404
    return page


def number_in(words: str) -> int:
    """Return the number that ``words`` are; 0 where no row can have it."""
    is_number = words.isascii() and words.isdecimal() and len(words) <= len(str(HIGHEST))
    return int(words) if is_number and int(words) <= HIGHEST else 0


def comment_by_number(pk: int) -> Comment:
    """Raises Http404 where there never was one, or it isn't confirmed."""
    comment = Comment.objects.with_writers().filter(pk=pk).first() if 0 < pk <= HIGHEST else None
    if comment is None:
        raise Http404
    return comment


def address(page: Page, request: HttpRequest) -> str:
    """Return the page's address on this site, without scheme and host."""
    parts = page.get_url_parts(request)
    if parts is None:
        raise Http404
    return parts[2]
