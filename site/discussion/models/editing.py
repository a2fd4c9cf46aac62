"""How long a writer may change what they said, and what they may still do afterwards."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussion.models.comment_state import State, TransitionError
from discussion.models.transitions import ModeratedComment
from discussion.text import markdown

EDIT_WINDOW = timedelta(minutes=15)  # whoever has answered by then has seen the last words, or nearly
EDIT_WINDOW_UNANSWERED = timedelta(hours=24)
READABLE = (State.PUBLISHED, State.WAITING)


class EditableComment(ModeratedComment):
    """A comment whose author may edit it for a while, and add to it afterwards.

    ``html`` is what version ``renderer_version`` of the renderer made of ``comment``.
    """

    html = models.TextField(_("HTML"), blank=True, editable=False)
    renderer_version = models.PositiveSmallIntegerField(_("renderer version"), default=0, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    addendum = models.TextField(_("addendum"), blank=True)
    addendum_html = models.TextField(blank=True, editable=False)
    addendum_at = models.DateTimeField(_("addendum added"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def render(self) -> None:
        """Set the HTML of text and addendum; saves nothing."""
        self.html, self.renderer_version = markdown.render(self.comment), markdown.RENDERER_VERSION
        self.addendum_html = markdown.render(self.addendum) if self.addendum else ""

    def can_edit(self, *, has_replies: bool) -> bool:
        """Say whether its writer may still put other words in its place."""
        if self.state not in READABLE:
            return False
        age = timezone.now() - self.submit_date
        return age < EDIT_WINDOW or (age < EDIT_WINDOW_UNANSWERED and not has_replies)

    def can_add_addendum(self, *, has_replies: bool) -> bool:
        """Say whether its writer may write an addendum; there is one, and it stands as written."""
        return (
            self.state == State.PUBLISHED and not self.addendum and not self.can_edit(has_replies=has_replies)
        )

    def has_published_replies(self) -> bool:
        return self.replies.filter(state=State.PUBLISHED).exists()

    def edit(self, text: str, *, fingerprint: str | None = None) -> None:
        """Put other words in its place; readers see that it was edited.

        Raises TransitionError when it was taken away meanwhile, IntegrityError when the
        writer has said these words here before.
        """
        changed = ["comment", "html", "addendum_html", "renderer_version", "edited_at"]
        with transaction.atomic():
            self._lock_row()
            self.comment, self.edited_at = text, timezone.now()
            if fingerprint is not None:
                self.fingerprint = fingerprint
                changed.append("fingerprint")
            self.render()
            self.save(update_fields=changed)
            self.touch_page()

    def add_addendum(self, text: str) -> None:
        """Add the one addendum. Raises TransitionError when it was taken away, or has one, meanwhile."""
        with transaction.atomic():
            self._lock_row()
            if type(self).objects.filter(pk=self.pk).exclude(addendum="").exists():
                raise TransitionError
            self.addendum, self.addendum_at = text, timezone.now()
            self.render()
            self.save(update_fields=["addendum", "addendum_html", "addendum_at", "html", "renderer_version"])
            self.touch_page()

    def rerender(self) -> None:
        """Make HTML with today's renderer; nobody's words change, so nothing is marked as edited."""
        with transaction.atomic():
            self._lock_row()
            self.render()
            self.save(update_fields=["html", "addendum_html", "renderer_version"])
            self.touch_page()

    def _lock_row(self) -> None:
        """Lock its row; raises TransitionError when there is nothing left of it to read."""
        rows = type(self).objects.order_by().select_for_update(no_key=True)
        if rows.values_list("state", flat=True).get(pk=self.pk) not in READABLE:
            raise TransitionError
