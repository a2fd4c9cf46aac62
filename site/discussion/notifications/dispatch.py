"""Notifying subscribers of new comments: by e-mail at once, or in their next digest."""

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
from discussion.notifications import emails
from publishing.models import all_pages

BATCH_SIZE = 100
MAX_AGE = timedelta(days=2)  # what becomes readable later than that was moved here, or waited too long


def notify_pending() -> int:
    """Notify subscribers of the comments that became readable since the last run; return of how many.

    Safe to repeat, and to run in parallel: each comment is claimed in one transaction.
    """
    pending = Comment.objects.published().filter(notified=False)
    pending.filter(submit_date__lt=timezone.now() - MAX_AGE).update(notified=True)
    comments = (
        pending.on_public_pages()
        .select_related("page__owner__notification_preferences", "user", "reply_to")
        .order_by("pk")
    )
    return sum(notify(comment) for comment in comments[:BATCH_SIZE])


@transaction.atomic
def notify(comment: Comment) -> bool:
    """Notify everybody whom ``comment`` concerns; return False where another process has done so."""
    if not Comment.objects.published().filter(pk=comment.pk, notified=False).update(notified=True):
        return False
    subscribe_owner(comment)
    for subscription in Subscription.objects.recipients_of(comment).select_related("member", "page"):
        if subscription.member is not None and not subscription.member.is_active:
            continue
        if subscription.frequency == Frequency.NOW:
            emails.send_notification(subscription, comment)
        else:
            PendingNotification.objects.get_or_create(subscription=subscription, comment=comment)
    return True


def subscribe_owner(comment: Comment) -> None:
    """Subscribe the page's owner, as often as they prefer for their own pages, unless they are already."""
    owner = comment.page.owner
    if owner is not None:
        frequency = NotificationPreferences.for_user(owner).own_pages
        defaults = {"scope": Scope.PAGE, "frequency": frequency}
        Subscription.objects.get_or_create(page_id=comment.page_id, member=owner, defaults=defaults)


def send_digests() -> int:
    """Send every digest whose oldest notification has waited long enough; return how many. Safe to repeat."""
    now, sent = timezone.now(), 0
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        due = Subscription.objects.filter(frequency=frequency, pending__created_at__lte=now - frequency.pause)
        people = due.order_by("member", "address").values_list("member", "address").distinct()
        for member, address in list(people):
            subscriptions = Subscription.objects.filter(frequency=frequency, member=member, address=address)
            sent += send_digest(subscriptions)
    # Nothing is pending for those who changed to e-mail at once, or to none.
    PendingNotification.objects.filter(subscription__frequency__in=[Frequency.NOW, Frequency.NEVER]).delete()
    return sent


@transaction.atomic
def send_digest(subscriptions: SubscriptionQuerySet) -> bool:
    """E-mail all that is pending for one person's ``subscriptions``; return whether anything is."""
    pending = PendingNotification.objects.filter(subscription__in=subscriptions.values("pk")).lock()
    public_pages = all_pages().published().order_by().values("pk")
    notifications = list(
        pending.filter(comment__state=State.PUBLISHED, comment__page__in=public_pages)
        .select_related("comment__user", "subscription__page", "subscription__member")
        .order_by("subscription__page", "comment__submit_date", "comment")
    )
    pending.delete()
    if notifications:
        emails.send_digest(notifications)
    return bool(notifications)
