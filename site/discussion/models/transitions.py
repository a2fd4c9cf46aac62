"""What is done to a comment after it was written.

Each action is one transaction: it looks at the comment as it is now, changes it,
moves the page's stamp and, when somebody did it, writes to Wagtail's log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from discussion.models.comment_state import TRANSITIONS, HoldReason, State, TransitionError
from discussion.models.thread_position import ThreadedComment, xtd_rows

if TYPE_CHECKING:
    from accounts.models import User


METHODS = {"keep": "dismiss_reports"}  # where the method's name is not the action's
NO_TEXT: dict[str, Any] = {
    "comment": "", "html": "", "anchor_quote": "", "fingerprint": "",
    "addendum": "", "addendum_html": "", "addendum_at": None,
}  # fmt: skip
NO_AUTHOR: dict[str, Any] = {
    "user_name": "",
    "user_email": "",
    "user_url": "",
    "ip_address": None,
    "followup": False,
}


class ModeratedComment(ThreadedComment):
    """A comment in a state, and the actions that change it.

    ``state`` is the truth; the package's ``is_public`` and ``is_removed`` follow
    it. Every action raises TransitionError where TRANSITIONS has no way from
    the present state.
    """

    State = State

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PUBLISHED)
    needs_review = models.BooleanField(_("needs review"), default=False, editable=False)
    hold_reason = models.CharField(
        _("hold reason"), max_length=10, choices=HoldReason.choices, blank=True, editable=False
    )
    locked = models.BooleanField(_("locked"), default=False)
    rule = models.PositiveSmallIntegerField(_("house rule"), null=True, blank=True)
    pinned = models.BooleanField(_("pinned"), default=False)
    is_staff_comment = models.BooleanField(_("staff comment"), default=False)

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        return self.state == State.PUBLISHED

    def can(self, action: str) -> bool:
        return self.state in TRANSITIONS[action][0]

    def apply(self, action: str, *, by: User) -> None:
        """Do what a moderator may do without saying more, by the action's stored name."""
        getattr(self, METHODS.get(action, action))(by=by)

    def confirm(self) -> None:
        """Let a guest's comment be read, or a moderator read it first."""
        self._transition("confirm", to=State.WAITING if self.needs_review else None)

    def approve(self, *, by: User | None = None) -> None:
        self._transition("approve", by=by, hold_reason="")

    def hold(self, *, by: User | None = None, reason: str = "") -> None:
        """Take it from the page until a moderator has reviewed it; ``reason`` is a HoldReason, or empty."""
        self._transition("hold", by=by, hold_reason=reason)

    def remove(self, *, rule: int | None = None, by: User | None = None) -> None:
        """Remove it for breaking a house rule; readers are told which."""
        self._transition("remove", by=by, rule=rule)

    def mark_as_spam(self, *, by: User | None = None) -> None:
        self._transition("mark_as_spam", by=by)

    def restore(self, *, by: User | None = None) -> None:
        self._transition("restore", by=by, rule=None)

    def dismiss_reports(self, *, by: User | None = None) -> None:
        """Leave it where it is: nothing is wrong with it, whatever was reported."""
        self._set_flag("keep", by=by, hold_reason="")

    def pin(self, *, by: User | None = None) -> None:
        """Put its thread first in the discussion; a pinned reply stays in its place and is marked."""
        self._set_flag("pin", by=by, pinned=True)

    def unpin(self, *, by: User | None = None) -> None:
        self._set_flag("unpin", by=by, pinned=False)

    def mark_as_staff(self, *, by: User | None = None) -> None:
        """Let readers see that it is said for the site, not by just anybody."""
        self._set_flag("mark_as_staff", by=by, is_staff_comment=True)

    def unmark_as_staff(self, *, by: User | None = None) -> None:
        self._set_flag("unmark_as_staff", by=by, is_staff_comment=False)

    @transaction.atomic
    def _set_flag(self, action: str, *, by: User | None, **changes: object) -> None:
        marked = type(self).objects.filter(pk=self.pk, state__in=TRANSITIONS[action][0]).update(**changes)
        if not marked:
            raise TransitionError
        for name, value in changes.items():
            setattr(self, name, value)
        self.touch_page()
        if by is not None:
            log(instance=self, action=f"discussion.{action}", user=by)

    def delete_by_author(self) -> None:
        """Take one's own words back; they are gone, the stub stays above replies.

        A guest's name and address go too, not even a hash stays: whom moderators
        want to keep out they ban, or remove, while the words still stand.
        """
        self._transition("delete_by_author", **NO_TEXT, **NO_AUTHOR)

    def erase(self) -> None:
        """Forget who wrote it and what, with the writer's account."""
        self._transition("erase", **NO_TEXT, **NO_AUTHOR, user=None, speaking_for="")

    @transaction.atomic
    def _transition(
        self, action: str, *, to: str | None = None, by: User | None = None, **changes: object
    ) -> None:
        starts, usual = TRANSITIONS[action]
        # Two moderators, or a link opened twice: the second one sees what the first has done.
        # Only the comment's own row is locked: its place in the thread is guarded by the root's.
        locked = type(self).objects.order_by().select_for_update(no_key=True)
        self.state = locked.values_list("state", flat=True).get(pk=self.pk)
        self.order = xtd_rows.values_list("order", flat=True).get(pk=self.pk)
        if self.state not in starts:
            raise TransitionError
        self.state = to or usual
        for name, value in changes.items():
            setattr(self, name, value)
        if self.is_shown and not self.is_placed:
            self.assign_order()
            # It counts as written now: nobody has seen it yet, on the page, in the feed or in a list.
            changes["submit_date"] = self.submit_date = timezone.now()
        self.save(update_fields=["state", "order", *changes])
        if self.is_placed:
            self.touch_page()
        if by is not None:
            cited = {"rule": self.rule} if action == "remove" and self.rule else None
            log(instance=self, action=f"discussion.{action}", user=by, data=cited)
