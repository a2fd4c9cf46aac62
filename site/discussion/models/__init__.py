"""What readers say under a page, who wants to know of it, and what moderators do about it."""

from __future__ import annotations

from discussion.models.comment import Comment
from discussion.models.comment_queryset import CommentQuerySet
from discussion.models.comment_state import State
from discussion.models.moderation import Appeal, Ban, Note, Report
from discussion.models.reader_marks import Useful, Visit
from discussion.models.settings import DiscussionRules
from discussion.models.subscriptions import Following, Notice, Rhythm, Scope, Wishes

__all__ = [
    "Appeal", "Ban", "Comment", "CommentQuerySet", "DiscussionRules", "Following", "Note", "Notice", "Report",
    "Rhythm", "Scope", "State", "Useful", "Visit", "Wishes",
]  # fmt: skip
