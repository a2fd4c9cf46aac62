"""A talk in the eyes of one reader: what is theirs, what is new to them, what they found useful."""

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
    """``unseen`` are the numbers of what was said since ``seen_until``, when this reader looked before."""

    reader: User | None = None
    last_read: datetime | None = None
    unread: list[int] = field(default_factory=list)
    subscription: Subscription | None = None
    reacted_to: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, reader: User | None, page: Page) -> ReaderState:
        """Return the eyes of ``reader``, and note that they have looked; no query for a stranger."""
        if reader is None:
            return cls()
        until = ReadMarker.objects.last_read(reader, page)
        new = Comment.objects.published().filter(page_id=page.pk).exclude(user=reader)
        since = new.filter(submit_date__gt=until).order_by("submit_date", "pk") if until else new.none()
        unseen = list(since.values_list("pk", flat=True))
        following = Subscription.objects.filter(member=reader, page_id=page.pk).first()
        if until is None or unseen:
            ReadMarker.objects.mark_read(reader, page, timezone.now())
        return cls(reader, until, unseen, following)

    def load_reactions(self, comments: Iterable[Comment]) -> None:
        """Learn which of ``comments`` the reader found useful; one query for a member."""
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
