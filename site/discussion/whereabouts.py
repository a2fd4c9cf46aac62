"""On which sheet a comment stands, told without reading the talk.

Whoever has just spoken is led there, at the same cost in a talk of ten and of ten thousand.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q

from discussion.models import Comment
from discussion.models.places import rows
from discussion.outline import REPLIES_AT_FIRST, TOPS_A_SHEET


def whereabouts(comment: Comment) -> str:
    """Return what follows the page's own address to lead to a published comment, oldest first.

    In a thread that may hold more than is shown at first, the page opens the
    part in which the comment stands.
    """
    asked: dict[str, int] = {"talk": sheet_of(comment)}
    if not comment.is_root and rows.get(pk=comment.thread_id).nested_count > REPLIES_AT_FIRST:
        asked |= {"thread": comment.thread_id, "at": comment.pk}
    return f"?{urlencode(asked)}#comment-{comment.pk}"


def sheet_of(comment: Comment) -> int:
    """Return the sheet of the comment's thread; one or two queries."""
    top = comment if comment.is_root else Comment.objects.get(pk=comment.thread_id)
    tops = Comment.objects.filter(page_id=top.page_id, level=0, order__gt=0).order_by()
    answered = Comment.objects.published().filter(thread_id=OuterRef("pk"))
    pinned = Q(pinned=True, state=Comment.State.PUBLISHED)
    earlier = Q(submit_date__lt=top.submit_date) | Q(submit_date=top.submit_date, pk__lt=top.pk)
    first = pinned & earlier if top.pinned and top.is_shown else pinned | earlier
    return (
        tops.filter(first).filter(Q(state=Comment.State.PUBLISHED) | Exists(answered)).count() // TOPS_A_SHEET
        + 1
    )
