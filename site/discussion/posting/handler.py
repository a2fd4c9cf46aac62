"""Hearing what the comment form sent: what every button of it has in common."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page

from discussion.posting.responses import refusal
from discussion.posting.screening import NO_PAGE
from discussion.text.submission import Submission
from discussion.threads.locations import get_commentable_page
from public_forms.checks import check_charset, check_csrf, check_rate_limit, check_same_origin
from public_forms.rejection import Rejected

Act = Callable[[Page, Submission], HttpResponse]


def hear(request: HttpRequest, act: Act, *, deed: str) -> HttpResponse:
    """Do ``act`` with the page and the words of a form, or say why not and give the words back.

    ``deed`` is what public_forms.rate_limits counts. ``act`` may raise Rejected.
    """
    said, page = Submission({}), None
    try:
        check_charset(request)
        said = Submission.from_post(request.POST)
        check_same_origin(request)
        check_rate_limit(request, deed)
        page = page_of(request, said)
        check_csrf(request)
        return act(page, said)
    except Rejected as refused:
        return refusal(request, refused, said, page=page)


def page_of(request: HttpRequest, said: Submission) -> Page:
    """Return the page a form was sent for; refuses where there is nothing for this reader to talk about."""
    pk = said.fields["object_pk"]
    try:
        page = get_commentable_page(
            request, int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 11 else 0
        )
    except Http404:
        raise Rejected(HTTPStatus.NOT_FOUND, NO_PAGE) from None
    if said.fields["content_type"] != str(page._meta):
        raise Rejected(HTTPStatus.NOT_FOUND, NO_PAGE)
    return page
