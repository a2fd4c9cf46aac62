"""What readers say under a page."""

from __future__ import annotations

from discussion.models.comment import Comment
from discussion.models.queries import CommentQuerySet
from discussion.models.states import State

__all__ = ["Comment", "CommentQuerySet", "State"]
