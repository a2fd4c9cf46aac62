"""Telling those who follow a talk what was said: at once by letter, or by a notice for their next digest."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from discussion.models import (
    Comment,
    Frequency,
    NotificationPreferences,
    PendingNotification,
    Scope,
    State,
    Subscription,
)
from discussion.models.subscriptions import SubscriptionQuerySet
from discussion.moderation import asking
from discussion.notifications import emails
from publishing.models import all_pages

BATCH = 100
NEWS = timedelta(days=2)  # what became readable later than that was moved here, or waited too long


def tell_waiting() -> int:
    """Tell of the comments that became readable since; return of how many.

    Safe to repeat, and to run side by side: each comment is told of in one
    transaction that takes it for itself.
    """
    untold = Comment.objects.published().filter(notified=False)
    untold.filter(submit_date__lt=timezone.now() - NEWS).update(notified=True)
    found = (
        untold.on_public_pages()
        .select_related("page__owner__notification_preferences", "user", "reply_to")
        .order_by("pk")
    )
    return sum(tell(comment) for comment in found[:BATCH])


@transaction.atomic
def tell(comment: Comment) -> bool:
    """Tell everybody whom the comment concerns; say whether nobody else has done so."""
    if not Comment.objects.published().filter(pk=comment.pk, notified=False).update(notified=True):
        return False
    let_owner_follow(comment)
    concerned = Subscription.objects.recipients_of(comment).select_related("member", "page")
    for following in concerned:
        if following.member is not None and not following.member.is_active:
            continue
        if following.frequency == Frequency.NOW:
            emails.tell(following, comment)
        else:
            PendingNotification.objects.get_or_create(subscription=following, comment=comment)
    return True


def let_owner_follow(comment: Comment) -> None:
    """Enter the page's owner among those who follow it, as often as they wish to be told of their pages."""
    owner = comment.page.owner
    if owner is not None:
        frequency = NotificationPreferences.for_user(owner).own_pages
        wanted = {"scope": Scope.PAGE, "frequency": frequency}
        Subscription.objects.get_or_create(page_id=comment.page_id, member=owner, defaults=wanted)


def send_digests() -> int:
    """Send every digest whose first notice has waited long enough; return how many. Safe to repeat."""
    now, sent = timezone.now(), 0
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        due = Subscription.objects.filter(frequency=frequency, pending__created_at__lte=now - frequency.pause)
        people = due.order_by("member", "address").values_list("member", "address").distinct()
        for member, address in list(people):
            sent += send_digest(
                Subscription.objects.filter(frequency=frequency, member=member, address=address)
            )
    # Who changed to letters at once, or to none, has nothing to wait for.
    PendingNotification.objects.filter(subscription__frequency__in=[Frequency.NOW, Frequency.NEVER]).delete()
    return sent + asking.send_digests(now)


@transaction.atomic
def send_digest(followed: SubscriptionQuerySet) -> bool:
    """Write one letter with all that one person is to be told of; say whether there was anything."""
    taken = PendingNotification.objects.filter(subscription__in=followed.values("pk")).lock()
    public = all_pages().published().order_by().values("pk")
    notices = (
        taken.filter(comment__state=State.PUBLISHED, comment__page__in=public)
        .select_related("comment__user", "subscription__page", "subscription__member")
        .order_by("subscription__page", "comment__submit_date", "comment")
    )
    told = list(notices)
    taken.delete()
    if told:
        emails.digest(told)
    return bool(told)
