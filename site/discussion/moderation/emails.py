"""Letters that ask a moderator what to do with comments, with a link for each deed.

A link is signed over numbers alone, the comment's and the moderator's, and
shows the comment before anything is done. The letters repeat nothing of what
was said: it may be what nobody should read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from discussion.models import Comment
from discussion.moderation.filters import why
from mail import unsubscribe
from public_forms import signed_links

SALT = "discussion.decide"
CHANGE, STOP = "discussion.wishes", "discussion.stop-asking"
GOOD_FOR = timedelta(days=14)
DEEDS = {
    "approve": _("Approve"),
    "keep": _("Leave it, nothing is wrong with it"),
    "remove": _("Remove for breaking a house rule"),
    "mark_as_spam": _("Spam"),
}
OFFERED = {
    Comment.State.WAITING: ("approve", "remove", "mark_as_spam"),
    Comment.State.PUBLISHED: ("keep", "remove", "mark_as_spam"),
}


class Decision(NamedTuple):
    """What a link is for."""

    deed: str
    comment: int
    moderator: int


def link(deed: str, comment: Comment, moderator: User) -> str:
    return signed_links.signed_url("decide", [deed, comment.pk, moderator.pk], salt=SALT)


def decision_in(token: str) -> Decision | None:
    """Return what a link is for; None for one of nobody's making, or one that is too old."""
    try:
        fields = signed_links.load_fields(token, 3, salt=SALT, max_age=GOOD_FOR)
    except signed_links.LinkExpired:
        return None
    return Decision(*fields) if fields and fields[0] in DEEDS else None


def write(moderator: User, comments: Sequence[Comment]) -> None:
    """Write one letter about ``comments``, which were told their reasons."""
    number, title = len(comments), comments[0].page.title
    subject = ngettext(
        "A comment on “%(title)s” waits for a moderator", "%(number)d comments wait for a moderator", number
    ) % {"number": number, "title": title}
    about: dict[str, object] = {
        "comments": [asked(comment, moderator) for comment in comments],
        "days": GOOD_FOR.days,
        "change": signed_links.signed_url("wishes_by_letter", [moderator.pk], salt=CHANGE),
    }
    unsubscribe.enqueue(
        to=moderator.email,
        subject=subject,
        template="discussion/emails/decide",
        context=about,
        unsubscribe_url=signed_links.signed_url("stop_asking", [moderator.pk], salt=STOP),
    )


def asked(comment: Comment, moderator: User) -> dict[str, object]:
    """Return what a letter says about one comment."""
    offered = OFFERED.get(Comment.State(comment.state), ())
    return {
        "title": comment.page.title,
        "why": why(comment),
        "at": comment.submit_date,
        "desk": settings.BASE_URL + reverse("discussion:inspect", args=[comment.pk]),
        "links": [(DEEDS[deed], link(deed, comment, moderator)) for deed in offered],
    }
