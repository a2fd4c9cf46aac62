"""What one reader sees in a discussion: own comments, unread comments, own reactions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from discussion.models import Comment, Reaction, ReadMarker, Subscription


@dataclass
class ReaderState:
    """``unread`` are the numbers of the comments since ``last_read``, the reader's visit before this."""

    reader: User | None = None
    last_read: datetime | None = None
    unread: list[int] = field(default_factory=list)
    subscription: Subscription | None = None
    reacted_to: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, reader: User | None, page: Page) -> ReaderState:
        """Return the state of ``reader`` and mark the page as read; no query without a reader."""
        if reader is None:
            return cls()
        last_read = ReadMarker.objects.last_read(reader, page)
        others_comments = Comment.objects.published().filter(page_id=page.pk).exclude(user=reader)
        recent = others_comments.filter(submit_date__gt=last_read) if last_read else others_comments.none()
        unread = list(recent.order_by("submit_date", "pk").values_list("pk", flat=True))
        subscription = Subscription.objects.filter(member=reader, page_id=page.pk).first()
        if last_read is None or unread:
            ReadMarker.objects.mark_read(reader, page, timezone.now())
        return cls(reader, last_read, unread, subscription)

    def load_reactions(self, comments: Iterable[Comment]) -> None:
        """Load which of ``comments`` the reader marked as useful; one query for a member."""
        if self.reader is not None:
            self.reacted_to = Reaction.objects.comment_ids_marked_by(
                self.reader, {comment.pk for comment in comments}
            )

    def is_own(self, comment: Comment) -> bool:
        return self.reader is not None and comment.user_id == self.reader.pk

    def has_reacted(self, comment: Comment) -> bool:
        return comment.pk in self.reacted_to

    def is_unread(self, comment: Comment) -> bool:
        return (
            self.last_read is not None and comment.submit_date > self.last_read and not self.is_own(comment)
        )
