"""E-mail that asks moderators to review comments, with a link for each action.

A link is signed over primary keys alone, the comment's and the moderator's, and
shows the comment before anything is done. The e-mails don't quote the comment:
it may be what nobody should read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from discussion.models import Comment, Frequency, NotificationPreferences, PendingNotification
from discussion.moderation.filters import hold_reason_text, needs_attention, with_hold_reasons
from discussion.notifications.emails import preferences_url, unsubscribe_moderator_url
from discussion.permissions import moderators
from mail import unsubscribe
from public_forms import signed_links

SALT = "discussion.decide"
MAX_AGE = timedelta(days=14)
ACTION_LABELS = {
    "approve": _("Approve"),
    "keep": _("Dismiss reports"),
    "remove": _("Remove for breaking a house rule"),
    "mark_as_spam": _("Mark as spam"),
}
ACTIONS_BY_STATE = {
    Comment.State.WAITING: ("approve", "remove", "mark_as_spam"),
    Comment.State.PUBLISHED: ("keep", "remove", "mark_as_spam"),
}


class ActionLink(NamedTuple):
    """What a link is for; both numbers are primary keys."""

    action: str
    comment_id: int
    moderator_id: int


def action_url(action: str, comment: Comment, moderator: User) -> str:
    return signed_links.signed_url("moderate_by_link", [action, comment.pk, moderator.pk], salt=SALT)


def read_token(token: str) -> ActionLink | None:
    """Return what a link is for; None for a forged or expired one."""
    try:
        fields = signed_links.load_fields(token, 3, salt=SALT, max_age=MAX_AGE)
    except signed_links.LinkExpiredError:
        return None
    return ActionLink(*fields) if fields and fields[0] in ACTION_LABELS else None


def on_comment_was_posted(sender: object, comment: Comment, **kwargs: object) -> None:
    """Notify moderators when what was just posted or confirmed waits for review."""
    if comment.state == Comment.State.WAITING:
        notify_moderators(comment)


def notify_moderators(comment: Comment) -> None:
    """Tell moderators that ``comment`` needs review: at once, once a day or not at all, as each chose."""
    annotated = with_hold_reasons(Comment.objects.select_related("page")).get(pk=comment.pk)
    for moderator in moderators():
        frequency = NotificationPreferences.for_user(moderator).moderation_queue
        if frequency == Frequency.NOW:
            send_review_email(moderator, [annotated])
        elif frequency == Frequency.DAILY:
            PendingNotification.objects.get_or_create(moderator=moderator, comment=comment)


def send_digests() -> int:
    """Send a digest to each moderator whose oldest notification is a day old; return how many.

    Safe to repeat.
    """
    pending = PendingNotification.objects.exclude(moderator=None)
    pending.exclude(moderator__in=moderators().values("pk")).delete()
    due = pending.filter(created_at__lte=timezone.now() - Frequency.DAILY.pause)
    return sum(send_digest(moderator) for moderator in moderators().filter(pk__in=due.values("moderator")))


@transaction.atomic
def send_digest(moderator: User) -> bool:
    """Send one e-mail about all comments that still need review; return whether there are any."""
    pending = PendingNotification.objects.filter(moderator=moderator).lock()
    comments = Comment.objects.filter(needs_attention(), pk__in=pending.values("comment"))
    annotated = list(with_hold_reasons(comments.select_related("page")).order_by("submit_date", "pk"))
    pending.delete()
    if annotated:
        send_review_email(moderator, annotated)
    return bool(annotated)


def send_review_email(moderator: User, comments: Sequence[Comment]) -> None:
    """Send one e-mail about ``comments``, which were annotated by with_hold_reasons."""
    number, title = len(comments), comments[0].page.title
    subject = ngettext(
        "A comment on “%(title)s” is waiting for review", "%(number)d comments are waiting for review", number
    ) % {"number": number, "title": title}
    unsubscribe.enqueue(
        to=moderator.email,
        subject=subject,
        template="discussion/emails/review",
        context={
            "comments": [_comment_context(comment, moderator) for comment in comments],
            "days": MAX_AGE.days,
            "preferences_url": preferences_url(moderator),
        },
        unsubscribe_url=unsubscribe_moderator_url(moderator),
    )


def _comment_context(comment: Comment, moderator: User) -> dict[str, object]:
    actions = ACTIONS_BY_STATE.get(Comment.State(comment.state), ())
    return {
        "title": comment.page.title,
        "reason": hold_reason_text(comment),
        "posted_at": comment.submit_date,
        "admin_url": settings.BASE_URL + reverse("discussion:inspect", args=[comment.pk]),
        "links": [(ACTION_LABELS[action], action_url(action, comment, moderator)) for action in actions],
    }
