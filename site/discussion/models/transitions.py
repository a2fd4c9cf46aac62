"""What is done to a comment after it was written.

Each deed is one transaction: it looks at the comment as it is now, changes it,
moves the page's stamp and, when somebody did it, writes to Wagtail's log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from discussion.models.comment_state import DEEDS, NotNow, State
from discussion.models.thread_position import rows

if TYPE_CHECKING:
    from accounts.models import User
    from discussion.models.comment import Comment


NO_WORDS = {
    "comment": "", "html": "", "anchor_quote": "", "fingerprint": "",
    "addendum": "", "addendum_html": "", "addendum_at": None,
}  # fmt: skip
NOBODY = {"user_name": "", "user_email": "", "user_url": "", "ip_address": None, "followup": False}


class Deeds:
    """A part of Comment. Each raises NotNow where DEEDS knows no way from the present state."""

    def can(self: Comment, deed: str) -> bool:
        return self.state in DEEDS[deed][0]

    def confirm(self: Comment) -> None:
        """Let a guest's comment be read, or a moderator read it first."""
        self._become("confirm", to=State.WAITING if self.held_first else None)

    def approve(self: Comment, *, by: User | None = None) -> None:
        self._become("approve", by=by, held_by="")

    def hold(self: Comment, *, by: User | None = None, because: str = "") -> None:
        """Take it from the page until a moderator has looked at it again; ``because`` of a rule's HeldBy."""
        self._become("hold", by=by, held_by=because)

    def remove(self: Comment, *, rule: int | None = None, by: User | None = None) -> None:
        """Remove it for breaking a house rule; readers are told which."""
        self._become("remove", by=by, rule=rule)

    def mark_as_spam(self: Comment, *, by: User | None = None) -> None:
        self._become("mark_as_spam", by=by)

    def restore(self: Comment, *, by: User | None = None) -> None:
        self._become("restore", by=by, rule=None)

    def keep(self: Comment, *, by: User | None = None) -> None:
        """Leave it where it is: nothing is wrong with it, whatever was reported."""
        self._mark("keep", by=by, held_by="")

    def pin(self: Comment, *, by: User | None = None) -> None:
        """Put it first in its talk, with its thread; a reply stays in its place and bears the mark."""
        self._mark("pin", by=by, pinned=True)

    def unpin(self: Comment, *, by: User | None = None) -> None:
        self._mark("unpin", by=by, pinned=False)

    def mark_as_staff(self: Comment, *, by: User | None = None) -> None:
        """Let readers see that it is said for the site, not by just anybody."""
        self._mark("mark_as_staff", by=by, staff_mark=True)

    def unmark_as_staff(self: Comment, *, by: User | None = None) -> None:
        self._mark("unmark_as_staff", by=by, staff_mark=False)

    @transaction.atomic
    def _mark(self: Comment, deed: str, *, by: User | None, **changes: object) -> None:
        marked = type(self).objects.filter(pk=self.pk, state__in=DEEDS[deed][0]).update(**changes)
        if not marked:
            raise NotNow
        for name, value in changes.items():
            setattr(self, name, value)
        self.tell_page()
        if by is not None:
            log(instance=self, action=f"discussion.{deed}", user=by)

    def delete_by_writer(self: Comment) -> None:
        """Take one's own words back; they are gone, the stub stays above replies.

        A guest's name and address go too, not even a hash stays: whom moderators
        want to keep out they ban, or remove, while the words still stand.
        """
        self._become("delete_by_writer", **NO_WORDS, **NOBODY)

    def erase(self: Comment) -> None:
        """Forget who wrote it and what, with the writer's account."""
        self._become("erase", **NO_WORDS, **NOBODY, user=None, speaking_for="")

    @transaction.atomic
    def _become(
        self: Comment, deed: str, *, to: State | None = None, by: User | None = None, **changes: object
    ) -> None:
        starts, usual = DEEDS[deed]
        # Two moderators, or a link opened twice: the second one sees what the first has done.
        # Only the comment's own row is locked: its place in the thread is guarded by the root's.
        locked = type(self).objects.order_by().select_for_update(no_key=True)
        self.state = locked.values_list("state", flat=True).get(pk=self.pk)
        self.order = rows.values_list("order", flat=True).get(pk=self.pk)
        if self.state not in starts:
            raise NotNow
        self.state = to or usual
        for name, value in changes.items():
            setattr(self, name, value)
        if self.is_shown and not self.has_place:
            self.take_place()
            # It counts as said now: nobody who looked before has seen it, in talk, feed or list.
            changes["submit_date"] = self.submit_date = timezone.now()
        self.save(update_fields=["state", "order", *changes])
        if self.has_place:
            self.tell_page()
        if by is not None:
            cited = {"rule": self.rule} if deed == "remove" and self.rule else None
            log(instance=self, action=f"discussion.{deed}", user=by, data=cited)
