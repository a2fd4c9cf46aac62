"""How it stands with a comment."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("not confirmed yet")
    WAITING = "waiting", _("waiting for a moderator")
    PUBLISHED = "published", _("published")
    SPAM = "spam", _("spam")
    REMOVED = "removed", _("removed by a moderator")
    DELETED = "deleted", _("deleted by its author")
    ERASED = "erased", _("deleted with the author’s account")

    @property
    def is_gone(self) -> bool:
        """Say whether it was taken away; Django's own comments call that removed."""
        return self in (State.SPAM, State.REMOVED, State.DELETED, State.ERASED)


class TransitionError(Exception):
    """The action makes no sense for a comment in this state."""


class HoldReason(models.TextChoices):
    """The rule that let a comment wait; empty where a moderator did, or nobody."""

    EVERYBODY = "all", _("every comment is reviewed first")
    NEWCOMER = "newcomer", _("newcomers’ comments are reviewed first")
    WATCHED = "watched", _("this commenter’s comments are reviewed first")
    WORDS = "words", _("contains a word on the hold list")
    LINKS = "links", _("has too many links")
    REPORTS = "reports", _("reported by several members")
    RULES = "rules", _("breaks rules that changed after it was sent")


# From which states each action leads, and to which.
TRANSITIONS: dict[str, tuple[set[State], State]] = {
    "confirm": ({State.UNCONFIRMED}, State.PUBLISHED),
    "approve": ({State.WAITING}, State.PUBLISHED),
    "hold": ({State.PUBLISHED, State.SPAM, State.REMOVED}, State.WAITING),
    "remove": ({State.UNCONFIRMED, State.WAITING, State.PUBLISHED, State.SPAM}, State.REMOVED),
    "mark_as_spam": ({State.UNCONFIRMED, State.WAITING, State.PUBLISHED, State.REMOVED}, State.SPAM),
    "restore": ({State.SPAM, State.REMOVED}, State.PUBLISHED),
    "keep": ({State.PUBLISHED}, State.PUBLISHED),
    "pin": ({State.PUBLISHED}, State.PUBLISHED),
    "unpin": ({State.PUBLISHED}, State.PUBLISHED),
    "mark_as_staff": ({State.PUBLISHED}, State.PUBLISHED),
    "unmark_as_staff": ({State.PUBLISHED}, State.PUBLISHED),
    "delete_by_author": ({State.UNCONFIRMED, State.WAITING, State.PUBLISHED}, State.DELETED),
    "erase": (set(State), State.ERASED),
}
