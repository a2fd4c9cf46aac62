"""Asking moderators what to do with a comment: at once, once a day, or not at all, as each of them wishes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from discussion.models import Comment, Frequency, NotificationPreferences, PendingNotification
from discussion.moderation import emails
from discussion.moderation.filters import on_the_desk, with_reasons


def moderators() -> QuerySet[User]:
    """Return who may moderate and has an address, by number, each with their wishes."""
    wanted = {
        "permissions__codename": "moderate_comment",
        "permissions__content_type__app_label": "discussion",
    }
    groups = Q(**{f"groups__{name}": value for name, value in wanted.items()})
    alone = Q(**{f"user_{name}": value for name, value in wanted.items()})
    able = User.objects.filter(groups | alone | Q(is_superuser=True)).values("pk")
    found = User.objects.filter(pk__in=able, is_active=True).exclude(email="")
    return found.select_related("notification_preferences").order_by("pk")


def moderates(member: User) -> bool:
    return moderators().filter(pk=member.pk).exists()


def ask_moderators(comment: Comment) -> None:
    """Let every moderator know that ``comment`` lies on the desk, in the way they wish."""
    waiting = with_reasons(Comment.objects.select_related("page")).get(pk=comment.pk)
    for moderator in moderators():
        frequency = NotificationPreferences.for_user(moderator).moderation_queue
        if frequency == Frequency.NOW:
            emails.write(moderator, [waiting])
        elif frequency == Frequency.DAILY:
            PendingNotification.objects.get_or_create(moderator=moderator, comment=comment)


def send_digests(now: datetime) -> int:
    """Write to each moderator whose first notice is a day old; return how many. Safe to repeat."""
    PendingNotification.objects.exclude(moderator=None).exclude(
        moderator__in=moderators().values("pk")
    ).delete()
    late = PendingNotification.objects.filter(created_at__lte=now - Frequency.DAILY.pause).exclude(
        moderator=None
    )
    return sum(send_digest(one) for one in moderators().filter(pk__in=late.values("moderator")))


@transaction.atomic
def send_digest(moderator: User) -> bool:
    """Write one letter of what still lies on the desk; say whether anything does."""
    taken = PendingNotification.objects.filter(moderator=moderator).lock()
    told = Comment.objects.filter(on_the_desk(), pk__in=taken.values("comment"))
    waiting = list(with_reasons(told.select_related("page")).order_by("submit_date", "pk"))
    taken.delete()
    if waiting:
        emails.write(moderator, waiting)
    return bool(waiting)


def when_one_was_taken(sender: object, comment: Comment, **more: object) -> None:
    """Ask, when what was just posted or confirmed waits."""
    if comment.state == Comment.State.WAITING:
        ask_moderators(comment)
