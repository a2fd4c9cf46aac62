"""The letter that asks moderators what to do with a comment, with a link for each deed.

A link is signed over numbers alone, the comment's and the moderator's, and
shows the comment before anything is done.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from discussion.models import Comment
from mail import outbox

PURPOSE = "discussion.decide"
GOOD_FOR = timedelta(days=14)
DEEDS = ("approve", "remove", "mark_as_spam")


class Decision(NamedTuple):
    """What a link is for."""

    deed: str
    comment: int
    moderator: int


def moderators() -> list[User]:
    """Return who may moderate and has an address, by number; one query."""
    wanted = {
        "permissions__codename": "moderate_comment",
        "permissions__content_type__app_label": "discussion",
    }
    groups = Q(**{f"groups__{name}": value for name, value in wanted.items()})
    alone = Q(**{f"user_{name}": value for name, value in wanted.items()})
    found = User.objects.filter(groups | alone, is_active=True).exclude(email="")
    return list(found.order_by("pk").distinct())


def link(deed: str, comment: Comment, moderator: User) -> str:
    token = signing.dumps([deed, comment.pk, moderator.pk], salt=PURPOSE)
    return settings.BASE_URL + reverse("decide", args=[token])


def decision_in(token: str) -> Decision | None:
    """Return what a link is for; None for one of nobody's making, or one that is too old."""
    try:
        deed, comment, moderator = signing.loads(token, salt=PURPOSE, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Decision(deed, comment, moderator) if deed in DEEDS else None


def ask_moderators(comment: Comment) -> None:
    """Write to every moderator that ``comment`` waits for one of them. The letter repeats nothing it says."""
    for moderator in moderators():
        about = {
            "page": comment.page,
            "why": comment.get_held_by_display(),
            "days": GOOD_FOR.days,
            "site": settings.WAGTAIL_SITE_NAME,
            "desk": settings.BASE_URL + reverse("discussion:inspect", args=[comment.pk]),
            **{deed: link(deed, comment, moderator) for deed in DEEDS},
        }
        outbox.post(
            to=moderator.email,
            subject=gettext("A comment on “%(title)s” waits for a moderator") % {"title": comment.page.title},
            text=render_to_string("discussion/letters/decide.txt", about),
        )


def when_one_was_taken(sender: object, comment: Comment, **more: object) -> None:
    """Ask, when what was just posted or confirmed waits."""
    if comment.state == Comment.State.WAITING:
        ask_moderators(comment)
