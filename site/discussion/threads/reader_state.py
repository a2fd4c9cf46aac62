"""What one reader sees in a discussion: own comments, unread comments, own reactions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from discussion.models import Comment, CommentQuerySet, Frequency, Reaction, ReadMarker, Subscription
from discussion.threads.outline import Outline
from discussion.threads.outline_cache import cached_outline, readers_outline


@dataclass
class ReaderState:
    """``unread`` are the numbers of the comments since ``last_read``, the reader's visit before this.

    ``outline`` is the discussion as the reader sees it, where it was loaded with the rest.
    """

    reader: User | None = None
    last_read: datetime | None = None
    unread: list[int] = field(default_factory=list)
    is_following: bool = False
    outline: Outline | None = field(default=None, compare=False)

    @classmethod
    def load(cls, reader: User | None, page: Page) -> ReaderState:
        """Return the state of ``reader`` and mark the page as read; no query without a reader.

        One query where the outline is cached and nothing was written since the last visit.
        """
        if reader is None:
            return cls()
        markers = ReadMarker.objects.filter(member=reader, page_id=page.pk)
        subscriptions = Subscription.objects.filter(member=reader, page_id=page.pk)
        waiting = Comment.objects.waiting().filter(page_id=page.pk, user=reader)
        facts = User.objects.filter(pk=reader.pk).values_list(
            Subquery(markers.values("last_read_at")[:1]),
            Subquery(subscriptions.values("frequency")[:1]),
            Exists(waiting),
        )
        last_read, frequency, has_waiting = facts.get()
        outline = readers_outline(page, reader) if has_waiting else cached_outline(page)
        state = cls(reader, last_read, is_following=frequency not in (None, Frequency.NEVER), outline=outline)
        latest_at = outline.latest_at
        if last_read is not None and latest_at is not None and latest_at > last_read:
            state.unread = state._unread(page)
        if last_read is None or state.unread:
            ReadMarker.objects.mark_read(reader, page, timezone.now())
        return state

    def _unread(self, page: Page) -> list[int]:
        """Return what others published since the last visit, oldest first."""
        others_comments = Comment.objects.published().filter(page_id=page.pk).exclude(user=self.reader)
        recent = others_comments.filter(submit_date__gt=self.last_read)
        return list(recent.order_by("submit_date", "pk").values_list("pk", flat=True))

    def with_reactions(self, comments: CommentQuerySet) -> CommentQuerySet:
        """Let each of ``comments`` know whether the reader marked it as useful; the same for nobody."""
        if self.reader is None:
            return comments
        own = Reaction.objects.filter(member=self.reader, comment=OuterRef("pk"))
        return comments.annotate(is_useful_to_reader=Exists(own))

    def is_own(self, comment: Comment) -> bool:
        return self.reader is not None and comment.user_id == self.reader.pk

    def has_reacted(self, comment: Comment) -> bool:
        """Say whether the reader marked the comment as useful; it was loaded ``with_reactions``."""
        return getattr(comment, "is_useful_to_reader", False)

    def is_unread(self, comment: Comment) -> bool:
        return (
            self.last_read is not None and comment.submit_date > self.last_read and not self.is_own(comment)
        )
