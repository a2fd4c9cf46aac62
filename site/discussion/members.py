"""What the discussion holds about a member: shown to them, given to them, and forgotten for them."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts import rooms
from accounts.models import User
from discussion.models import Comment, State

SHOWN = 10


@rooms.section(_("Your comments"), order=20)
def comments_of(request: HttpRequest) -> SafeString:
    said = Comment.objects.filter(user=request.user).exclude(state=State.DELETED)
    newest = said.newest_first().select_related("page")[:SHOWN]
    about = {"comments": list(newest), "number": said.count()}
    return render_to_string("discussion/yours.html", about, request=request)


@rooms.export_part("comments")
def everything_said(user: User) -> list[dict[str, object]]:
    said = Comment.objects.filter(user=user).order_by("submit_date", "pk").select_related("page")
    return [
        {
            "page": comment.page.title,
            "address": comment.get_absolute_url(),
            "said_at": comment.submit_date.isoformat(),
            "edited_at": comment.edited_at.isoformat() if comment.edited_at else None,
            "state": comment.state,
            "text": comment.comment,
        }
        for comment in said
    ]


@rooms.erasure_step(order=20)
def forget(user: User) -> None:
    """Take words and name from every comment of ``user``; stubs stay above the answers of others."""
    said = list(Comment.objects.filter(user=user).order_by("page", "pk"))
    Comment.objects.hold_threads(said)
    for comment in said:
        comment.erase()
