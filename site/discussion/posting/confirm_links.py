"""The letter by which a guest confirms a comment, and the link in it.

The link is signed over the comment's number alone: nothing in it tells who
wrote what, and nothing is lost or gained by opening it twice.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from discussion.models import Comment
from mail import queue
from public_forms import signed_links

PURPOSE = "discussion.confirm"
GOOD_FOR = timedelta(days=3)


def token_for(comment: Comment) -> str:
    return signing.dumps(comment.pk, salt=PURPOSE)


def number_in(token: str) -> int | None:
    """Return the number of the comment a link is for; None for a link of nobody's making.

    Raises links.TooLate for one that is older than GOOD_FOR.
    """
    return signed_links.number_in(token, salt=PURPOSE, good_for=GOOD_FOR)


def link(comment: Comment) -> str:
    """Return the whole address at which a guest confirms ``comment``."""
    return settings.BASE_URL + reverse("confirm_comment", args=[token_for(comment)])


def ask_to_confirm(comment: Comment) -> None:
    """Write to the guest.

    The letter repeats nothing that was typed into the form: whoever typed it
    may have given somebody else's address.
    """
    about = {
        "page": comment.page,
        "link": link(comment),
        "days": GOOD_FOR.days,
        "site": settings.WAGTAIL_SITE_NAME,
    }
    queue.enqueue(
        to=comment.user_email,
        subject=gettext("Confirm your comment on “%(title)s”") % {"title": comment.page.title},
        text=render_to_string("discussion/emails/confirm.txt", about),
        key=f"confirm comment {comment.pk}",
    )
