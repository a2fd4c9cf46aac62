"""What readers say under a page, and who wants to know of it."""

from __future__ import annotations

from discussion.models.comment import Comment
from discussion.models.following import Following, Notice, Rhythm, Scope
from discussion.models.queries import CommentQuerySet
from discussion.models.states import State
from discussion.models.useful import Useful
from discussion.models.visits import Visit

__all__ = [
    "Comment", "CommentQuerySet", "Following", "Notice", "Rhythm", "Scope", "State", "Useful", "Visit",
]  # fmt: skip
