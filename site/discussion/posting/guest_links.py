"""A guest's way back to what they said: a signed link, sent with the comment and anew on request."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from discussion.models import Comment, State
from discussion.posting import confirm_links
from mail import queue
from public_forms import signed_links

PURPOSE = "own"
GOOD_FOR = timedelta(days=365)
MOST = 30  # comments in one letter


def link(comment: Comment) -> str:
    return signed_links.link("own_comment", PURPOSE, comment.pk)


def comment_of(token: str) -> Comment | None:
    """Return the guest's comment a link is for; None for a link of nobody's making.

    Raises links.TooLate for one that is older than GOOD_FOR.
    """
    numbers = signed_links.numbers_in(token, PURPOSE, good_for=GOOD_FOR)
    return Comment.objects.with_writers().filter(pk__in=numbers[:1], user=None).first()


def changeable(address: str) -> QuerySet[Comment]:
    """Return what guests said under ``address`` within a year and may still take back, newest first."""
    return Comment.objects.filter(
        user=None,
        user_email__iexact=address,
        state__in=[State.PUBLISHED, State.WAITING],
        submit_date__gt=timezone.now() - GOOD_FOR,
    ).newest_first()


def send(comment: Comment) -> None:
    """Write to a guest whose comment was just confirmed."""
    about = {"page": comment.page, "link": link(comment), "site": settings.WAGTAIL_SITE_NAME}
    queue.enqueue(
        to=comment.user_email,
        subject=gettext("Your comment on “%(title)s”") % {"title": comment.page.title},
        text=render_to_string("discussion/emails/own.txt", about),
        key=f"own comment {comment.pk}",
    )


def send_anew(address: str) -> None:
    """Write to ``address`` the links to all it may still confirm or change; nothing when there is nothing."""
    unconfirmed = Comment.objects.unconfirmed().filter(user_email__iexact=address).newest_first()
    to_confirm = list(unconfirmed.select_related("page")[:MOST])
    to_change = list(changeable(address).select_related("page")[:MOST])
    if not (to_confirm or to_change):
        return
    about = {
        "to_confirm": [(comment, confirm_links.link(comment)) for comment in to_confirm],
        "to_change": [(comment, link(comment)) for comment in to_change],
        "site": settings.WAGTAIL_SITE_NAME,
    }
    queue.enqueue(
        to=address,
        subject=gettext("Links to your comments"),
        text=render_to_string("discussion/emails/links.txt", about),
    )
