"""Letters to those who follow a talk: nobody's address stands in them, and links are over numbers alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext

from discussion import links
from discussion.models import Comment, Following, Notice
from mail import outbox

CHANGE, STOP = "following", "stop"
GOOD_FOR = timedelta(days=2 * 365)  # a letter may be old, and its reader still want to be left alone


def tell(following: Following, comment: Comment) -> None:
    """Write of one comment, at once."""
    about = {
        "comment": said(comment),
        "page": comment.page,
        "change": link_to_change(following),
        **ways_out([following]),
    }
    subject = gettext("%(name)s on “%(title)s”") % {"name": comment.name, "title": comment.page.title}
    send(following, subject, "told", about, key=f"comment {comment.pk} to {following.pk}")


def digest(notices: Sequence[Notice]) -> None:
    """Write one letter of many comments, page by page, all to one person."""
    followed = list({notice.following_id: notice.following for notice in notices}.values())
    talks = [
        {
            "page": following.page,
            "comments": [said(notice.comment) for notice in group],
            "change": link_to_change(following),
        }
        for following, group in groupby(notices, key=lambda notice: notice.following)
    ]
    number = len(notices)
    subject = ngettext(
        "%(number)d new comment in discussions you follow",
        "%(number)d new comments in discussions you follow",
        number,
    ) % {"number": number}
    newest = max(notice.pk for notice in notices)
    send(followed[0], subject, "digest", {"talks": talks, **ways_out(followed)}, key=f"digest {newest}")


def said(comment: Comment) -> dict[str, object]:
    return {
        "name": comment.name,
        "at": comment.submit_date,
        "text": comment.comment,
        "html": comment.html,
        "link": settings.BASE_URL + comment.get_absolute_url(),
    }


def link_to_change(following: Following) -> str:
    return links.link("change_following", CHANGE, following.pk)


def ways_out(followed: Sequence[Following]) -> dict[str, object]:
    return {
        "stop": links.link("stop_following", STOP, *(one.pk for one in followed)),
        "site": settings.WAGTAIL_SITE_NAME,
    }


def send(to: Following, subject: str, letter: str, about: dict[str, object], *, key: str) -> None:
    outbox.post(
        to=to.goes_to,
        subject=" ".join(subject.split()),
        text=render_to_string(f"discussion/letters/{letter}.txt", about),
        html=render_to_string(f"discussion/letters/{letter}.html", about),
        headers={
            "List-Unsubscribe": f"<{about['stop']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        key=key,
    )
