"""Outgoing e-mail, one row per message, and the addresses that nothing is sent to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.mailboxes import canonical_mailbox, validate_visible

LEASE = timedelta(minutes=5)  # far beyond what one mail server may take to respond
RETRY_DELAYS = [
    timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15),
    timedelta(hours=1), timedelta(hours=3), timedelta(hours=6), timedelta(hours=12),
    timedelta(days=1), timedelta(days=1),
]  # fmt: skip
SENT_RETENTION = timedelta(days=30)
FAILED_RETENTION = timedelta(days=90)


class QueuedEmailQuerySet(models.QuerySet["QueuedEmail"]):
    def due(self, now: datetime) -> QueuedEmailQuerySet:
        """Keep what is to be sent by ``now`` and is not leased by a worker."""
        unleased = models.Q(leased_until=None) | models.Q(leased_until__lte=now)
        return self.filter(unleased, state=QueuedEmail.State.WAITING, next_attempt_at__lte=now)

    def to_address(self, address: str) -> QueuedEmailQuerySet:
        return self.filter(to__iexact=address)

    def expired(self, now: datetime) -> QueuedEmailQuerySet:
        """Keep what was sent, or given up, longer ago than such rows are retained."""
        sent = models.Q(state=QueuedEmail.State.SENT, sent_at__lt=now - SENT_RETENTION)
        failed = models.Q(state=QueuedEmail.State.FAILED, next_attempt_at__lt=now - FAILED_RETENTION)
        return self.filter(sent | failed)

    def retry_failed(self) -> int:
        """Put the failed ones among these back in the queue, with all attempts ahead; return how many."""
        return self.filter(state=QueuedEmail.State.FAILED).update(
            state=QueuedEmail.State.WAITING,
            attempts=0,
            next_attempt_at=timezone.now(),
            leased_until=None,
            error="",
        )


class QueuedEmail(models.Model):
    """An e-mail to one address, which is retried until the mail server accepts it.

    ``message_id`` is fixed when the row is created: should a process end between
    sending an e-mail and recording that, the second copy has the same one and
    mail programs show it once. ``error`` says what went wrong last and never
    contains an address. ``key`` is unique where it is set.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    # Translators: the address that an e-mail is sent to.
    to = models.EmailField(_("to"))
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    message_id = models.CharField(max_length=255, unique=True)
    key = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=120, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = QueuedEmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("queued e-mail")
        verbose_name_plural = _("queued e-mails")
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="unique_queued_email_key"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="queued_emails_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"QueuedEmail {self.pk}"

    def claim(self) -> bool:
        """Lease this e-mail to the calling worker; return False where another one has it.

        One conditional statement: of two workers the second finds the row
        changed, on SQLite and on PostgreSQL alike.
        """
        now = timezone.now()
        unclaimed = QueuedEmail.objects.due(now).filter(pk=self.pk)
        if not unclaimed.update(leased_until=now + LEASE, attempts=F("attempts") + 1):
            return False
        self.refresh_from_db()
        return True

    def mark_sent(self) -> None:
        self.state, self.sent_at, self.leased_until, self.error = self.State.SENT, timezone.now(), None, ""
        self.save(update_fields=["state", "sent_at", "leased_until", "error"])

    def mark_attempt_failed(self, error: str, *, permanent: bool) -> None:
        """Schedule the next attempt, unless this was the last one or the error is ``permanent``.

        Nothing changes when the lease ran out meanwhile and another worker has the e-mail.
        """
        leased = QueuedEmail.objects.filter(
            pk=self.pk, state=self.State.WAITING, leased_until=self.leased_until
        )
        if permanent or self.attempts > len(RETRY_DELAYS):
            leased.update(
                state=self.State.FAILED, next_attempt_at=timezone.now(), leased_until=None, error=error
            )
        else:
            delay = RETRY_DELAYS[self.attempts - 1]
            leased.update(next_attempt_at=timezone.now() + delay, leased_until=None, error=error)


class SuppressedAddressQuerySet(models.QuerySet["SuppressedAddress"]):
    def is_suppressed(self, address: str) -> bool:
        """Return whether no e-mail may go to ``address``."""
        return self.filter(mailbox=canonical_mailbox(address)).exists()

    def suppress(self, address: str, reason: SuppressedAddress.Reason) -> None:
        """Send nothing to ``address`` any more; an earlier reason is kept."""
        defaults = {"address": address.lower(), "reason": reason}
        self.get_or_create(mailbox=canonical_mailbox(address), defaults=defaults)

    def unsuppress(self, address: str) -> None:
        self.filter(mailbox=canonical_mailbox(address)).delete()


class SuppressedAddress(models.Model):
    """An address that nothing is sent to, not even sign-in codes.

    It is for addresses that bounce and for people who never had to do with the
    site; unsubscribing from one discussion is a matter of that discussion.
    """

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("e-mail bounced")
        COMPLAINED = "complained", _("marked an e-mail as spam")
        UNSUBSCRIBED = "asked", _("asked to get no e-mail")

    address = models.EmailField(_("e-mail address"), max_length=254, validators=[validate_visible])
    mailbox = models.CharField(max_length=320, unique=True, editable=False)  # the address, canonical
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = SuppressedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        # Never the address: this goes into logs.
        return f"{self.get_reason_display()} ({self.pk})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.mailbox = canonical_mailbox(self.address)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.address = self.address.lower()
        others = SuppressedAddress.objects.exclude(pk=self.pk)
        if others.is_suppressed(self.address):
            raise ValidationError({"address": _("This mailbox is already on the list.")})
