"""E-mail to subscribers, and the links in it, which are signed over primary keys alone.

No e-mail contains anybody's address.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.utils.translation import gettext, ngettext

from accounts.models import User
from discussion.models import Comment, PendingNotification, Subscription
from mail import unsubscribe
from public_forms import signed_links

# What a link is for; a link for one purpose is none for another.
SUBSCRIPTION_SALT, UNSUBSCRIBE_SALT = "discussion.following", "discussion.stop"
PREFERENCES_SALT, UNSUBSCRIBE_MODERATOR_SALT = "discussion.wishes", "discussion.stop-asking"
MAX_AGE = timedelta(days=2 * 365)  # people unsubscribe by the link in an old e-mail, too


def subscription_url(subscription: Subscription) -> str:
    return signed_links.signed_url("subscription_by_link", [subscription.pk], salt=SUBSCRIPTION_SALT)


def unsubscribe_url(subscriptions: Sequence[Subscription]) -> str:
    return signed_links.signed_url("unsubscribe", [one.pk for one in subscriptions], salt=UNSUBSCRIBE_SALT)


def preferences_url(user: User) -> str:
    return signed_links.signed_url("notification_preferences_by_link", [user.pk], salt=PREFERENCES_SALT)


def unsubscribe_moderator_url(user: User) -> str:
    return signed_links.signed_url("unsubscribe_moderator", [user.pk], salt=UNSUBSCRIBE_MODERATOR_SALT)


def send_notification(subscription: Subscription, comment: Comment) -> None:
    """E-mail one comment to one subscriber."""
    subject = gettext("%(name)s commented on “%(title)s”") % {
        "name": comment.name,
        "title": comment.page.title,
    }
    context = {
        "comment": _comment_context(comment),
        "page": comment.page,
        "subscription_url": subscription_url(subscription),
    }
    key = f"comment {comment.pk} to {subscription.pk}"
    _send([subscription], subject, "notification", context, key=key)


def send_digest(notifications: Sequence[PendingNotification]) -> None:
    """E-mail many comments to one person, page by page; ``notifications`` are ordered by page."""
    comments = [(one.subscription, one.comment) for one in notifications if one.subscription is not None]
    discussions = [
        {
            "page": subscription.page,
            "comments": [_comment_context(comment) for _subscription, comment in group],
            "subscription_url": subscription_url(subscription),
        }
        for subscription, group in groupby(comments, key=itemgetter(0))
    ]
    subscriptions = list({subscription.pk: subscription for subscription, _comment in comments}.values())
    number = len(notifications)
    subject = ngettext(
        "%(number)d new comment in discussions you follow",
        "%(number)d new comments in discussions you follow",
        number,
    ) % {"number": number}
    newest = max(one.pk for one in notifications)
    _send(subscriptions, subject, "digest", {"discussions": discussions}, key=f"digest {newest}")


def _comment_context(comment: Comment) -> dict[str, object]:
    return {
        "name": comment.name,
        "posted_at": comment.submit_date,
        "text": comment.comment,
        "html": comment.html,
        "url": settings.BASE_URL + comment.get_absolute_url(),
    }


def _send(
    subscriptions: Sequence[Subscription],
    subject: str,
    template: str,
    context: dict[str, object],
    *,
    key: str,
) -> None:
    """Queue an e-mail to the one person whose ``subscriptions`` these are."""
    owner = next((one.member for one in subscriptions if one.is_page_owner), None)
    if owner is not None:
        context = context | {"preferences_url": preferences_url(owner)}
    unsubscribe.enqueue(
        to=subscriptions[0].recipient,
        subject=subject,
        template=f"discussion/emails/{template}",
        context=context,
        unsubscribe_url=unsubscribe_url(subscriptions),
        key=key,
    )
