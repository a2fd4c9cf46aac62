"""What readers say under a page, who wants to know of it, and what moderators do about it."""

from __future__ import annotations

from discussion.models.appeals import Appeal, Note
from discussion.models.bans import Ban
from discussion.models.comment import Comment
from discussion.models.following import Following, Notice, Rhythm, Scope
from discussion.models.queries import CommentQuerySet
from discussion.models.reports import Report
from discussion.models.rules import DiscussionRules
from discussion.models.states import State
from discussion.models.useful import Useful
from discussion.models.visits import Visit
from discussion.models.wishes import Wishes

__all__ = [
    "Appeal", "Ban", "Comment", "CommentQuerySet", "DiscussionRules", "Following", "Note", "Notice", "Report",
    "Rhythm", "Scope", "State", "Useful", "Visit", "Wishes",
]  # fmt: skip
