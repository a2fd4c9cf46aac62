"""What readers say under a page, who wants to know of it, and what moderators do about it."""

from __future__ import annotations

from discussion.models.comment import Comment, CommentQuerySet
from discussion.models.comment_state import State
from discussion.models.moderation import Appeal, Ban, ModeratorNote, Report
from discussion.models.reader_marks import Reaction, ReadMarker
from discussion.models.settings import DiscussionSettings
from discussion.models.subscriptions import (
    Frequency,
    NotificationPreferences,
    PendingNotification,
    Scope,
    Subscription,
)

__all__ = [
    "Appeal", "Ban", "Comment", "CommentQuerySet", "DiscussionSettings", "Frequency", "ModeratorNote",
    "NotificationPreferences", "PendingNotification", "Reaction", "ReadMarker", "Report", "Scope", "State",
    "Subscription",
]  # fmt: skip
