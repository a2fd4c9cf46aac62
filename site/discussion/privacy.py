"""What the discussion holds about a member: shown to them, given to them, and forgotten for them."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import registry
from discussion.models import (
    Appeal,
    Ban,
    Comment,
    ModeratorNote,
    NotificationPreferences,
    Reaction,
    ReadMarker,
    Report,
    State,
    Subscription,
)
from discussion.notifications.preferences import NotificationPreferencesForm

SHOWN = 10


@registry.profile_section(_("Your comments"), order=20)
def comments_of(request: HttpRequest) -> SafeString:
    said = Comment.objects.filter(user=request.user).exclude(state=State.DELETED)
    newest = said.newest_first().select_related("page")[:SHOWN]
    about = {"comments": list(newest), "number": said.count()}
    return render_to_string("discussion/my_comments.html", about, request=request)


@registry.profile_section(_("Discussions you follow"), order=30)
def followed_by(request: HttpRequest) -> SafeString:
    about = {
        "subscriptions": list(Subscription.objects.for_member(request.user)),
        "preferences": list(
            NotificationPreferencesForm(instance=NotificationPreferences.for_user(request.user))
        ),
    }
    return render_to_string("discussion/following.html", about, request=request)


@registry.exporter("following")
def everything_followed(user: User) -> list[dict[str, object]]:
    return [
        {
            "page": one.page.title,
            "tell of": one.scope,
            "how often": one.frequency,
            "since": one.created_at.isoformat(),
        }
        for one in Subscription.objects.for_member_and_addresses(user)
    ]


@registry.exporter("letters about the discussion")
def everything_wished(user: User) -> dict[str, str]:
    wishes = NotificationPreferences.for_user(user)
    return {"of the desk": wishes.moderation_queue, "of own pages": wishes.own_pages}


@registry.exporter("found useful")
def everything_useful(user: User) -> list[dict[str, object]]:
    marks = Reaction.objects.filter(member=user).select_related("comment").order_by("created_at", "pk")
    return [
        {"comment": mark.comment.get_absolute_url(), "since": mark.created_at.isoformat()} for mark in marks
    ]


@registry.exporter("comments")
def everything_said(user: User) -> list[dict[str, object]]:
    said = Comment.objects.written_by(user).order_by("submit_date", "pk").select_related("page")
    return [
        {
            "page": comment.page.title,
            "address": comment.get_absolute_url(),
            "as": comment.name,
            "web site": comment.user_url,
            "network address": comment.ip_address,
            "said_at": comment.submit_date.isoformat(),
            "edited_at": comment.edited_at.isoformat() if comment.edited_at else None,
            "state": comment.state,
            "text": comment.comment,
            "addendum": comment.addendum,
        }
        for comment in said
    ]


@registry.exporter("reports_and_appeals")
def told_to_moderators(user: User) -> dict[str, list[dict[str, object]]]:
    reports = Report.objects.filter(by=user).values("comment", "rule", "text", "created_at")
    said = Comment.objects.written_by(user).order_by().values("pk")
    appeals = Appeal.objects.filter(comment__in=said).values("comment", "text", "created_at", "accepted")
    return {
        name: [{**row, "created_at": row["created_at"].isoformat()} for row in rows]
        for name, rows in (("reports", reports), ("appeals", appeals))
    }


@registry.exporter("visits")
def everything_visited(user: User) -> list[dict[str, object]]:
    return list(ReadMarker.objects.filter(member=user).order_by("pk").values("page__title", "last_read_at"))


@registry.exporter("bans")
def bans_of(user: User) -> list[dict[str, object]]:
    return list(Ban.objects.filter(user=user).values("kind", "created_at", "until"))


@registry.eraser(order=20)
def forget(user: User) -> None:
    """Take words and name from every comment of ``user``; stubs stay above the answers of others.

    What they told moderators goes too, and what moderators noted about them; a
    ban stays with the hash of the address alone.
    """
    Subscription.objects.for_member_and_addresses(user).delete()
    Report.objects.filter(by=user).delete()
    said = list(Comment.objects.written_by(user).order_by("page", "pk"))
    for told in (Report, Appeal, ModeratorNote):
        told.objects.filter(comment__in=[comment.pk for comment in said]).delete()
    Comment.objects.lock_threads(said)
    for comment in said:
        comment.erase()
