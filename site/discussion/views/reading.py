"""Reading: what is new, where a comment stands, and the quiet pages after posting one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from discussion.finding import comment_by_number, talked_about
from discussion.models import Comment, State
from discussion.showing import address_of, gone

A_SHEET = 20


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Show the newest comments on public pages; 404 beyond the last sheet."""
    found = Comment.objects.published().on_public_pages().newest_first().select_related("user", "page")
    asked = request.GET.get("page", "1")
    sheets = Paginator(found, A_SHEET)
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 0
    if not 1 <= number <= sheets.num_pages:
        raise Http404
    return render(request, "discussion/latest.html", {"sheet": sheets.page(number)})


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a comment on its page; 410 when it was taken away, 404 when this reader may not know of it."""
    found = comment_by_number(pk)
    if found.state == State.UNCONFIRMED:
        raise Http404
    page = talked_about(request, found.page_id)
    if State(found.state).is_gone:
        return gone(request, page, found)
    return redirect(address_of(request, page, found))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "discussion/sent.html")


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    return render(request, "discussion/waiting.html")
