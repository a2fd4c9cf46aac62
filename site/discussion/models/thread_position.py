"""Where in its thread a comment stands.

A thread is a root and everything beneath it. Places are given in the order in
which comments become readable, only ever at the end, so nobody is renumbered:
a reply costs the same in a thread of ten and of ten thousand. Who stands
beneath whom is told by parents, and reading order by time.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, ProtectedError, Q, Subquery
from django.dispatch import Signal
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment
from wagtail.models import Page

from pagecache import versions

UNPLACED = 0  # the order of a comment that nobody may read yet
FIRST_ORDER = 1

xtd_rows = XtdComment.norel_objects


# Sent with ``page_id`` when a row that had a place was deleted: the threads of its page have a gap.
comment_row_deleted = Signal()


def version_name(page_id: int) -> str:
    """Return the name under which ``pagecache.versions`` holds what readers see of a page's discussion."""
    return f"discussion/{page_id}"


class ThreadedComment(XtdComment):
    """A comment with its place: under which page, in reply to what, at which level and in which order.

    ``reply_to`` is the comment it answers; where a thread may grow no deeper,
    ``parent_id`` is an earlier ancestor.
    """

    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="comments")
    reply_to = models.ForeignKey(
        "self", verbose_name=_("in reply to"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="replies",
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def is_placed(self) -> bool:
        return self.order != UNPLACED

    @property
    def is_root(self) -> bool:
        return self.level == 0

    def set_parent(self) -> None:
        """Find thread, parent and level from ``reply_to``.

        Where the thread may grow no deeper, the comment stands beside the one
        it answers. Raises ValueError for a reply to another page's comment.
        """
        self.order, above = UNPLACED, self.reply_to
        if above is None:
            return
        if above.page_id != self.page_id:
            raise ValueError("A reply stays under the page of the comment it answers.")
        goes_deeper = above.level < settings.COMMENTS_XTD_MAX_THREAD_LEVEL
        self.thread_id = above.thread_id
        self.parent_id = above.pk if goes_deeper else above.parent_id
        self.level = above.level + 1 if goes_deeper else above.level

    def assign_order(self) -> None:
        """Take the next place of the thread, and be counted by those above.

        The root's row is locked until the end of the transaction under way, so
        that two replies never take the same place. ``nested_count`` counts all
        who ever took a place beneath, so the root's tells the last one.
        """
        if self.is_root:
            self.order = FIRST_ORDER
            return
        last_order = (
            xtd_rows.select_for_update(no_key=True)
            .values_list("nested_count", flat=True)
            .get(pk=self.thread_id)
        )
        self.order = FIRST_ORDER + last_order + 1
        grandparent = Subquery(xtd_rows.filter(pk=self.parent_id).values("parent_id")[:1])
        above = xtd_rows.filter(Q(pk__in=[self.thread_id, self.parent_id]) | Q(pk=grandparent))
        above.update(nested_count=F("nested_count") + 1)

    def _save_parents(self, cls: type[models.Model], *args: Any, **options: Any) -> Any:
        """Let a top comment be its own thread and parent, before the row that says so is written.

        Its number is known once its first row is; Django has no public hook between the rows of one save.
        """
        inserted = super()._save_parents(cls, *args, **options)  # type: ignore[misc]
        if cls is XtdComment and self._state.adding and self.is_root:
            self.thread_id = self.parent_id = self.comment_ptr_id
        return inserted

    def touch_page(self) -> None:
        """Say that what readers see under the page has changed."""
        versions.bump(version_name(self.page_id))

    @transaction.atomic
    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete the row; ``comment_row_deleted`` lets the gap be closed in the same transaction.

        Raises ProtectedError for a comment that was answered: it can be
        removed or erased, and stays as a stub above what others said.
        """
        # Who answers it at this moment waits here, and then finds it gone.
        list(xtd_rows.filter(pk=self.thread_id).select_for_update().values_list("pk"))
        replies = xtd_rows.exclude(pk=self.pk).filter(Q(thread_id=self.pk) | Q(parent_id=self.pk))
        if replies.exists() or type(self).objects.filter(reply_to=self).exists():
            raise ProtectedError(gettext("This comment has replies. Remove it instead."), {self})
        was_placed, page_id = self.is_placed, self.page_id
        deleted = super().delete(*args, **options)
        if was_placed:
            comment_row_deleted.send(sender=type(self), page_id=page_id)
        return deleted
