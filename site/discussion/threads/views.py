"""The newest comments, the address of a comment, reactions, and the pages shown after posting."""

from __future__ import annotations

from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from discussion.models import Comment, Reaction, State
from discussion.threads.locations import comment_path, get_comment_or_404, get_commentable_page, gone_page
from public_forms.checks import check_rate_limit
from public_forms.numbers import parse_number
from public_forms.rejection import RejectedError
from public_forms.responses import SeeOther, current_member, rejection_page

COMMENTS_PER_PAGE = 20


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Show the newest comments on public pages; 404 beyond the last page."""
    comments = Comment.objects.published().on_public_pages().newest_first().select_related("user", "page")
    paginator = Paginator(comments, COMMENTS_PER_PAGE)
    number = parse_number(request.GET.get("page", "1"))
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    return render(request, "discussion/latest.html", {"page_obj": paginator.page(number)})


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a comment on its page; 410 when it was taken away, 404 when this reader may not know of it."""
    comment = get_comment_or_404(pk)
    if comment.state == State.UNCONFIRMED:
        raise Http404
    page = get_commentable_page(request, comment.page_id)
    if State(comment.state).is_gone:
        return gone_page(request, page, comment)
    return redirect(comment_path(request, page, comment))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "discussion/sent.html")


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    return render(request, "discussion/waiting.html")


NOT_SIGNED_IN = _("Sign in to mark a comment as useful.")
NOT_SHOWN = _("This comment is no longer here.")
OWN = _("You can’t mark your own comment as useful.")


@require_POST
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a comment as useful, or no longer, and go back to it.

    403 for strangers and for one's own comment, 404 where there is none to be
    seen, 429 with Retry-After for too many.
    """
    comment = get_comment_or_404(pk)
    page = get_commentable_page(request, comment.page_id)
    reader = current_member(request)
    try:
        if reader is None:
            raise RejectedError(HTTPStatus.FORBIDDEN, NOT_SIGNED_IN)
        if not comment.is_shown:
            raise RejectedError(HTTPStatus.NOT_FOUND, NOT_SHOWN)
        if comment.user_id == reader.pk:
            raise RejectedError(HTTPStatus.FORBIDDEN, OWN)
        check_rate_limit(request, "useful")
    except RejectedError as refused:
        return rejection_page(request, refused)
    Reaction.objects.toggle(comment, reader)
    return SeeOther(comment_path(request, page, comment))
