"""One comment: what was said, by whom, under which page, in answer to what."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment
from wagtail.models import Page

from accounts.profile.initials import initials
from discussion.models.comment_queryset import CommentManager
from discussion.models.comment_state import HoldReason, State
from discussion.models.editing import Rewritten
from discussion.models.thread_position import Deletable, Placed
from discussion.models.transitions import Deeds
from discussion.text import markdown
from discussion.text.anchors import Passage


class Comment(Deeds, Rewritten, Placed, Deletable, XtdComment):
    """One comment.

    ``state`` is the truth; the package's ``is_public`` and ``is_removed`` follow
    it. ``html`` is what ``renderer_version`` made of ``comment``. ``reply_to`` is whom
    it answers; in deep talks it stands beneath an earlier ancestor. The anchor
    is plain data to which the page that has editions gives a meaning.
    """

    State = State

    class SpeaksFor(models.TextChoices):
        SELF = "self", _("myself")
        ORGANISATION = "organisation", _("my organization")

    xtdcomment_ptr = models.OneToOneField(
        XtdComment,
        on_delete=models.CASCADE,
        parent_link=True,
        primary_key=True,
        related_name="discussion_comment",
    )
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="comments")
    reply_to = models.ForeignKey(
        "self", verbose_name=_("in reply to"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="replies",
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PUBLISHED)
    needs_review = models.BooleanField(_("read by a moderator first"), default=False, editable=False)
    hold_reason = models.CharField(
        _("held by"), max_length=10, choices=HoldReason.choices, blank=True, editable=False
    )
    locked = models.BooleanField(_("takes no more replies"), default=False)
    html = models.TextField(_("as shown"), blank=True, editable=False)
    renderer_version = models.PositiveSmallIntegerField(
        _("version of the renderer"), default=0, editable=False
    )
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    rule = models.PositiveSmallIntegerField(_("house rule"), null=True, blank=True)
    speaking_for = models.CharField(_("speaking for"), max_length=12, choices=SpeaksFor.choices, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    anchor_edition = models.PositiveIntegerField(_("edition"), null=True, blank=True)
    anchor_page = models.PositiveIntegerField(_("page of the edition"), null=True, blank=True)
    anchor_quote = models.CharField(_("quoted words"), max_length=500, blank=True)
    pinned = models.BooleanField(_("pinned"), default=False)
    is_staff_comment = models.BooleanField(_("marked as said for the site"), default=False)
    useful_count = models.PositiveIntegerField(_("useful"), default=0, editable=False)
    addendum = models.TextField(_("addendum"), blank=True)
    addendum_html = models.TextField(blank=True, editable=False)
    addendum_at = models.DateTimeField(_("addendum written"), null=True, blank=True, editable=False)
    notified = models.BooleanField(_("followers were told"), default=False, editable=False)

    passage: Passage | None = None  # what the anchor means, once the page was asked

    objects = CommentManager()

    # What it points to can't be deleted by surprise, and a talk is no place to hunt for references.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["submit_date", "pk"]
        permissions = [("moderate_comment", _("Can moderate the discussion"))]
        indexes = [
            models.Index(fields=["page", "state"], name="comments_of_a_page"),
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
        # Nobody's name or words: this goes into logs, which outlive what they tell of.
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
        """Return the e-mail address of whoever wrote it, for moderators' eyes only."""
        return self.user.email if self.user_id is not None else self.user_email

    @property
    def excerpt(self) -> str:
        return Truncator(self.comment).chars(120) or self.stub_text

    @property
    def role(self) -> str:
        """Return what the writer does and where, in one line; guests don't say."""
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
        """Return what stands in its place when it is only a stub."""
        return {
            State.WAITING: gettext("A moderator is looking at this comment."),
            State.DELETED: gettext("Its writer deleted this comment."),
            State.ERASED: gettext("This comment went with the account of its writer."),
        }.get(State(self.state), gettext("A moderator removed this comment."))

    @property
    def is_shown(self) -> bool:
        return self.state == State.PUBLISHED

    def render(self) -> None:
        """Make HTML of what was typed."""
        self.html, self.renderer_version = markdown.render(self.comment), markdown.RENDERER_VERSION
        self.addendum_html = markdown.render(self.addendum) if self.addendum else ""

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
        with transaction.atomic():
            self.set_parent()
            if self.is_shown:
                self.assign_order()
            super(XtdComment, self).save(*args, **options)
            self.start_thread()
            if self.is_shown:
                self.touch_page()
