"""Letters to those who follow a talk: nobody's address stands in them, and links are over numbers alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext, ngettext

from discussion.models import Comment, PendingNotification, Subscription
from discussion.moderation.emails import CHANGE as WISHES
from mail import unsubscribe
from public_forms import signed_links

CHANGE, STOP = "discussion.following", "discussion.stop"
GOOD_FOR = timedelta(days=2 * 365)  # a letter may be old, and its reader still want to be left alone


def tell(following: Subscription, comment: Comment) -> None:
    """Write of one comment, at once."""
    about = {"comment": said(comment), "page": comment.page, "change": link_to_change(following)}
    subject = gettext("%(name)s on “%(title)s”") % {"name": comment.name, "title": comment.page.title}
    send([following], subject, "told", about, key=f"comment {comment.pk} to {following.pk}")


def digest(notices: Sequence[PendingNotification]) -> None:
    """Write one letter of many comments, page by page, all to one person."""
    followed = list({notice.subscription_id: notice.subscription for notice in notices}.values())
    talks = [
        {
            "page": following.page,
            "comments": [said(notice.comment) for notice in group],
            "change": link_to_change(following),
        }
        for following, group in groupby(notices, key=lambda notice: notice.subscription)
    ]
    number = len(notices)
    subject = ngettext(
        "%(number)d new comment in discussions you follow",
        "%(number)d new comments in discussions you follow",
        number,
    ) % {"number": number}
    newest = max(notice.pk for notice in notices)
    send(followed, subject, "digest", {"talks": talks}, key=f"digest {newest}")


def said(comment: Comment) -> dict[str, object]:
    return {
        "name": comment.name,
        "at": comment.submit_date,
        "text": comment.comment,
        "html": comment.html,
        "link": settings.BASE_URL + comment.get_absolute_url(),
    }


def link_to_change(following: Subscription) -> str:
    return signed_links.signed_url("change_following", [following.pk], salt=CHANGE)


def send(
    followed: Sequence[Subscription], subject: str, letter: str, about: dict[str, object], *, key: str
) -> None:
    """Write to whoever follows these talks; all of them are one person's."""
    owner = next((one.member_id for one in followed if one.is_page_owner), None)
    if owner is not None:
        about |= {"wishes": signed_links.signed_url("wishes_by_letter", [owner], salt=WISHES)}
    stop = signed_links.signed_url("stop_following", [one.pk for one in followed], salt=STOP)
    unsubscribe.enqueue(
        to=followed[0].recipient,
        subject=subject,
        template=f"discussion/emails/{letter}",
        context=about,
        unsubscribe_url=stop,
        key=key,
    )
