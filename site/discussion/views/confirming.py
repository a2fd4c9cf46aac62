"""A guest follows the link in the letter."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_comments.signals import comment_was_posted

from discussion import letters, links, own_links, rules
from discussion.finding import comment_by_number, talked_about
from discussion.models import Comment, Following, Scope, State
from discussion.models.states import NotNow
from discussion.refusals import Refused, refuse_foreign
from discussion.showing import SeeOther, after, gone, said_no


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the comment on GET, let it appear on POST; a second time, only lead to it.

    404 for a link nobody made, 410 for one that is too old or whose comment is gone.
    """
    try:
        comment = comment_by_number(letters.number_in(token) or 0)
    except links.TooLate:
        return private(render(request, "discussion/too_late.html", status=HTTPStatus.GONE))
    page = talked_about(request, comment.page_id)
    if State(comment.state).is_gone:
        return private(gone(request, page, comment))
    if comment.state != State.UNCONFIRMED:
        return SeeOther(after(request, comment))
    if request.method != "POST":
        return private(render(request, "discussion/confirm.html", {"comment": comment, "page": page}))
    try:
        refuse_foreign(request)
    except Refused as refused:
        return private(said_no(request, refused))
    publish(request, comment)
    return SeeOther(after(request, comment))


def publish(request: HttpRequest, comment: Comment) -> None:
    """Let the comment appear. Where the link was opened twice in one moment, the other did it."""
    with suppress(NotNow), transaction.atomic():
        rules.look_again(comment)
        comment.confirm()
        own_links.send(comment)
        if comment.followup:
            Following.objects.begin(comment.page, address=comment.user_email, scope=Scope.REPLIES)
        comment_was_posted.send(sender=Comment, comment=comment, request=request)


def private(response: HttpResponse) -> HttpResponse:
    """Keep the link to ourselves: no cache holds the answer, and no other site is told where we were."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    return response
