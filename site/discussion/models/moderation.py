"""What readers tell moderators about a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.mailboxes import canonical_mailbox

if TYPE_CHECKING:
    from accounts.models import User
    from discussion.models.comment import Comment


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        return self.filter(resolved_at=None)

    def resolve(self) -> int:
        """Mark these as dealt with; return how many were not."""
        return self.open().update(resolved_at=timezone.now())


class Report(models.Model):
    """One reader's report; ``by`` is empty for a guest. ``rule`` 0 is none of the house rules."""

    comment = models.ForeignKey("discussion.Comment", on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reported by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    rule = models.PositiveSmallIntegerField(_("house rule"), default=0)
    text = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "by"],
                condition=Q(resolved_at=None),
                name="one_open_report_a_member",
            )
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}"


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> AppealQuerySet:
        return self.filter(answered_at=None)


class Appeal(models.Model):
    """The one appeal a writer may make about a comment; ``accepted`` is empty until it is answered."""

    comment = models.OneToOneField("discussion.Comment", on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    accepted = models.BooleanField(_("accepted"), null=True)

    objects = AppealQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return f"Appeal {self.pk}"


class ModeratorNote(models.Model):
    """What one moderator lets the others know about a comment. Readers never see it."""

    comment = models.ForeignKey("discussion.Comment", on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("note"))
    created_at = models.DateTimeField(_("sent"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("moderators’ note")
        verbose_name_plural = _("moderators’ notes")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"Note {self.pk}"


def hash_address(address: str) -> str:
    """Return by what an address is known again without keeping it: a hash under the site's key."""
    plain = canonical_mailbox(address)
    return salted_hmac("discussion.ban", plain, algorithm="sha256").hexdigest() if plain else ""


class BanQuerySet(models.QuerySet["Ban"]):
    def active(self) -> BanQuerySet:
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()))

    def against_author(self, comment: Comment) -> BanQuerySet:
        """Keep what concerns whoever wrote ``comment``, by account or by address."""
        return self.active().matching(user=comment.user_id, address_hash=hash_address(comment.author_email))

    def matching(self, *, user: User | int | None, address_hash: str) -> BanQuerySet:
        """Keep what concerns an account or an address; nothing, where there is neither."""
        condition = Q(pk=None)
        if user is not None:
            condition |= Q(user=user)
        if address_hash:
            condition |= Q(address_hash=address_hash)
        return self.filter(condition)


class Ban(models.Model):
    """One ban. The address is kept as a keyed hash, so that it outlives an account without naming anybody."""

    class Kind(models.TextChoices):
        REFUSE = "refuse", _("can’t comment")
        MODERATE = "read", _("comments are held")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    address_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = BanQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return gettext("Ban %(number)s") % {"number": self.pk}

    @property
    def target(self) -> str:
        return str(self.user) if self.user is not None else gettext("a network or e-mail address")
