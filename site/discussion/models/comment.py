"""The comment: who wrote it, about which passage, how it is saved, and queries for many of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_comments.managers import CommentManager as PlainManager
from django_comments_xtd.models import XtdComment
from wagtail.models import Page

from accounts.models import User
from accounts.profile.avatars import initials
from discussion.models.comment_state import State
from discussion.models.editing import EditableComment
from discussion.models.thread_position import xtd_rows
from discussion.text.anchors import Passage
from publishing.models import all_pages


class CommentQuerySet(models.QuerySet["Comment"]):
    def for_page(self, page: Page) -> CommentQuerySet:
        """Keep the comments on ``page``, parents before their replies, siblings oldest first."""
        return self.filter(page_id=page.pk).order_by("level", "submit_date", "pk")

    def written_by(self, member: User) -> CommentQuerySet:
        """Keep what ``member`` wrote, also as a guest under an address they have verified since."""
        as_guest = Q(user=None, plain_address__in=member.verified_emails)
        return self.annotate(plain_address=Lower("user_email")).filter(Q(user=member) | as_guest)

    def on_public_pages(self) -> CommentQuerySet:
        return self.filter(page__in=all_pages().published().order_by().values("pk"))

    def published(self) -> CommentQuerySet:
        return self.filter(state=State.PUBLISHED)

    def visible(self, *, to: User | None = None) -> CommentQuerySet:
        """Keep what has a place in its thread: what a stranger reads, and what may stand as a stub above it.

        ``to`` also sees what they wrote themselves and a moderator has not yet read.
        """
        placed = Q(order__gt=0)
        return self.filter(placed | Q(user=to, state=State.WAITING) if to is not None else placed)

    def unconfirmed(self) -> CommentQuerySet:
        return self.filter(state=State.UNCONFIRMED)

    def waiting(self) -> CommentQuerySet:
        return self.filter(state=State.WAITING)

    def newest_first(self) -> CommentQuerySet:
        return self.order_by("-submit_date", "-pk")

    def with_authors(self) -> CommentQuerySet:
        return self.select_related("user")

    def lock_threads(self, comments: Iterable[Comment]) -> None:
        """Lock the threads of ``comments`` until the transaction ends, always in the same order.

        Needed before more than one of them is given a place.
        """
        numbers = sorted({comment.thread_id for comment in comments})
        list(xtd_rows.filter(pk__in=numbers).order_by("pk").select_for_update(no_key=True).values_list("pk"))

    def counts_by_page(self, page_ids: Collection[int]) -> dict[int, int]:
        """Return how many published comments each of these pages has, if any; one query."""
        comments = self.published().filter(page__in=page_ids).order_by()
        return dict(comments.values_list("page").annotate(number=Count("pk")))


class CommentManager(PlainManager.from_queryset(CommentQuerySet)):  # type: ignore[misc]
    """What Django's comments expect of a manager, without xtd's join and order on every query."""


class Comment(EditableComment):
    """One comment under a page, by a member (``user``) or a guest.

    Its place, its state and its text come from the abstract models above. The
    anchor is plain data to which the page that has editions gives a meaning.
    """

    class SpeaksFor(models.TextChoices):
        # Translators: follows “Speaking for”.
        SELF = "self", _("myself")
        ORGANISATION = "organisation", _("my organization")

    xtdcomment_ptr = models.OneToOneField(
        XtdComment,
        on_delete=models.CASCADE,
        parent_link=True,
        primary_key=True,
        related_name="discussion_comment",
    )
    speaking_for = models.CharField(_("speaking for"), max_length=12, choices=SpeaksFor.choices, blank=True)
    anchor_edition = models.PositiveIntegerField(_("edition"), null=True, blank=True)
    anchor_page = models.PositiveIntegerField(_("page number"), null=True, blank=True)
    anchor_quote = models.CharField(_("quotation"), max_length=500, blank=True)
    useful_count = models.PositiveIntegerField(_("useful votes"), default=0, editable=False)
    notified = models.BooleanField(_("followers notified"), default=False, editable=False)

    passage: Passage | None = None  # what the anchor means, once the page was asked

    objects = CommentManager()

    # What it points to can't be deleted by surprise, and a discussion is no place to hunt for references.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["submit_date", "pk"]
        permissions = [("moderate_comment", _("Can moderate the discussion"))]
        indexes = [
            models.Index(fields=["page", "state"], name="comments_of_a_page"),
            # With the column of its condition, which SQLite would else look up in the row.
            models.Index(
                fields=["page", "reply_to", "state", "pinned"],
                condition=Q(reply_to=None),
                name="threads_of_a_page",
            ),
            models.Index(
                fields=["state"], condition=Q(state="published", notified=False), name="comments_to_tell_of"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="comment_state_is_known"),
            models.UniqueConstraint(
                fields=["page", "fingerprint"], condition=~Q(fingerprint=""), name="nobody_says_it_twice"
            ),
        ]

    def __str__(self) -> str:
        # No name and no text: this goes into logs, which are kept longer than the comment.
        return gettext("Comment %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("comment", args=[self.pk])

    @property
    def name(self) -> str:
        """Return the name it is shown under: the account's as it is now, or the guest's."""
        if self.user_id is not None:
            return self.user.get_full_name()
        return self.user_name or gettext("Former member")

    @property
    def author_email(self) -> str:
        """Return its author's e-mail address; only moderators may see it."""
        return self.user.email if self.user_id is not None else self.user_email

    @property
    def excerpt(self) -> str:
        return Truncator(self.comment).chars(120) or self.stub_text

    @property
    def role(self) -> str:
        """Return the author's role and organization in one line; empty for guests."""
        if self.user_id is None:
            return ""
        organisation = self.user.organisation
        if self.speaking_for == self.SpeaksFor.ORGANISATION and organisation:
            organisation = gettext("speaking for %(organization)s") % {"organization": organisation}
        return ", ".join(part for part in (self.user.role, organisation) if part)

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def stub_text(self) -> str:
        """Return what is shown in its place when only a stub remains."""
        return {
            State.WAITING: gettext("Waiting for a moderator."),
            State.DELETED: gettext("Deleted by its author."),
            State.ERASED: gettext("Deleted with its author’s account."),
        }.get(State(self.state), gettext("Removed by a moderator."))

    def save(self, *args: Any, **options: Any) -> None:
        """Save; a new comment is given its place in the thread, if its state has one.

        Never calls XtdComment.save(), which deadlocks under concurrent replies,
        leaves half-saved rows behind and renumbers the thread.
        """
        self.is_public, self.is_removed = self.is_shown, State(self.state).is_gone
        if options.get("update_fields") is not None and "state" in options["update_fields"]:
            options["update_fields"] = {*options["update_fields"], "is_public", "is_removed"}
        if not self._state.adding:
            super(XtdComment, self).save(*args, **options)
            return
        if not self.renderer_version:
            self.render()
        self.content_type = ContentType.objects.get_for_model(self.page.specific_class)
        self.object_pk, self.site_id = str(self.page_id), settings.SITE_ID
        self.set_parent()
        # Whoever has begun a transaction rolls all of it back: a savepoint would be two more statements.
        with transaction.atomic(savepoint=False):
            if self.is_shown:
                self.assign_order()
            super(XtdComment, self).save(*args, **options)
            if self.is_shown:
                self.touch_page()
