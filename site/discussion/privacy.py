"""What the discussion holds about a member: shown on their profile, exported and erased."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.member_request import MemberRequest
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

NEWEST_SHOWN = 10


@registry.profile_section(_("Your comments"), order=20)
def comments_section(request: MemberRequest) -> SafeString:
    comments = Comment.objects.filter(user=request.user).exclude(state=State.DELETED)
    newest = comments.newest_first().select_related("page")[:NEWEST_SHOWN]
    context = {"comments": list(newest), "number": comments.count()}
    return render_to_string("discussion/my_comments.html", context, request=request)


@registry.profile_section(_("Discussions you follow"), order=30)
def subscriptions_section(request: MemberRequest) -> SafeString:
    preferences = NotificationPreferences.for_user(request.user)
    context = {
        "subscriptions": list(Subscription.objects.for_member(request.user)),
        "preferences": list(NotificationPreferencesForm(instance=preferences)),
    }
    return render_to_string("discussion/following.html", context, request=request)


@registry.exporter("subscriptions")
def export_subscriptions(user: User) -> list[dict[str, object]]:
    return [
        {
            "page": subscription.page.title,
            "scope": subscription.scope,
            "frequency": subscription.frequency,
            "since": subscription.created_at,
        }
        for subscription in Subscription.objects.for_member_and_addresses(user)
    ]


@registry.exporter("e-mail preferences")
def export_preferences(user: User) -> dict[str, str]:
    preferences = NotificationPreferences.for_user(user)
    return {"moderation queue": preferences.moderation_queue, "own pages": preferences.own_pages}


@registry.exporter("marked useful")
def export_reactions(user: User) -> list[dict[str, object]]:
    reactions = Reaction.objects.filter(member=user).select_related("comment").order_by("created_at", "pk")
    return [
        {"comment": reaction.comment.get_absolute_url(), "since": reaction.created_at}
        for reaction in reactions
    ]


@registry.exporter("comments")
def export_comments(user: User) -> list[dict[str, object]]:
    comments = Comment.objects.written_by(user).order_by("submit_date", "pk").select_related("page")
    return [
        {
            "page": comment.page.title,
            "address": comment.get_absolute_url(),
            "name": comment.name,
            "web site": comment.user_url,
            "IP address": comment.ip_address,
            "written at": comment.submit_date,
            "edited at": comment.edited_at,
            "state": comment.state,
            "text": comment.comment,
            "addendum": comment.addendum,
        }
        for comment in comments
    ]


@registry.exporter("reports and appeals")
def export_reports(user: User) -> dict[str, list[Any]]:
    reports = Report.objects.filter(by=user).values("comment", "rule", "text", "created_at")
    comments = Comment.objects.written_by(user).order_by().values("pk")
    appeals = Appeal.objects.filter(comment__in=comments).values("comment", "text", "created_at", "accepted")
    return {"reports": list(reports), "appeals": list(appeals)}


@registry.exporter("visits")
def export_visits(user: User) -> list[Any]:
    return list(ReadMarker.objects.filter(member=user).order_by("pk").values("page__title", "last_read_at"))


@registry.exporter("bans")
def export_bans(user: User) -> list[Any]:
    return list(Ban.objects.filter(user=user).values("kind", "created_at", "until"))


@registry.eraser(order=20)
def erase(user: User) -> None:
    """Take text and name from every comment of ``user``; stubs stay above the replies of others.

    Reports and appeals go too, and what moderators noted about the comments; a ban
    stays with the hash of the address alone.
    """
    Subscription.objects.for_member_and_addresses(user).delete()
    Report.objects.filter(by=user).delete()
    comments = list(Comment.objects.written_by(user).order_by("page", "pk"))
    for model in (Report, Appeal, ModeratorNote):
        model.objects.filter(comment__in=[comment.pk for comment in comments]).delete()
    Comment.objects.lock_threads(comments)
    for comment in comments:
        comment.erase()
