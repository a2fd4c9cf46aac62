"""A talk in the eyes of one reader: what is theirs, what is new to them, what they found useful."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from discussion.models import Comment, Following, Useful, Visit


@dataclass
class Eyes:
    """``unseen`` are the numbers of what was said since ``seen_until``, when this reader looked before."""

    reader: User | None = None
    seen_until: datetime | None = None
    unseen: list[int] = field(default_factory=list)
    following: Following | None = None
    useful: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, reader: User | None, page: Page) -> Eyes:
        """Return the eyes of ``reader``, and note that they have looked; no query for a stranger."""
        if reader is None:
            return cls()
        until = Visit.objects.last(reader, page)
        new = Comment.objects.published().filter(page_id=page.pk).exclude(user=reader)
        since = new.filter(submit_date__gt=until).order_by("submit_date", "pk") if until else new.none()
        unseen = list(since.values_list("pk", flat=True))
        following = Following.objects.filter(member=reader, page_id=page.pk).first()
        if until is None or unseen:
            Visit.objects.note(reader, page, timezone.now())
        return cls(reader, until, unseen, following)

    def look_at(self, comments: Iterable[Comment]) -> None:
        """Learn which of ``comments`` the reader found useful; one query for a member."""
        if self.reader is not None:
            self.useful = Useful.objects.found_by(self.reader, {comment.pk for comment in comments})

    def own(self, comment: Comment) -> bool:
        return self.reader is not None and comment.user_id == self.reader.pk

    def finds_useful(self, comment: Comment) -> bool:
        return comment.pk in self.useful

    def finds_new(self, comment: Comment) -> bool:
        return self.seen_until is not None and comment.submit_date > self.seen_until and not self.own(comment)
