"""Outgoing letters, one row each, and the addresses nobody may write to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(minutes=5)  # far beyond what one mail server may take to answer
PAUSES = [
    timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15),
    timedelta(hours=1), timedelta(hours=3), timedelta(hours=6), timedelta(hours=12),
    timedelta(days=1), timedelta(days=1),
]  # fmt: skip
KEEP_SENT = timedelta(days=30)
KEEP_FAILED = timedelta(days=90)


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: datetime) -> LetterQuerySet:
        """Keep what waits, is to be tried by ``now``, and is in nobody's hands."""
        free = models.Q(leased_until=None) | models.Q(leased_until__lte=now)
        return self.filter(free, state=Letter.State.WAITING, next_try__lte=now)

    def to_address(self, address: str) -> LetterQuerySet:
        return self.filter(to__iexact=address)

    def forgettable(self, now: datetime) -> LetterQuerySet:
        """Keep what has been sent, or given up, so long ago that nobody will ask."""
        sent = models.Q(state=Letter.State.SENT, sent_at__lt=now - KEEP_SENT)
        failed = models.Q(state=Letter.State.FAILED, next_try__lt=now - KEEP_FAILED)
        return self.filter(sent | failed)

    def try_again(self) -> int:
        """Put the failed ones among these back in the queue, as if never tried; return how many."""
        return self.filter(state=Letter.State.FAILED).update(
            state=Letter.State.WAITING, tries=0, next_try=timezone.now(), leased_until=None, problem=""
        )


class Letter(models.Model):
    """A letter that will be sent, however often the mail server refuses to talk.

    ``message_id`` is fixed at writing: should a process end between sending a
    letter and saying so, the second copy bears the same one and mail programs
    show it once. ``problem`` says what went wrong last, never to whom.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    to = models.EmailField(_("to"))
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    message_id = models.CharField(max_length=255, unique=True)
    key = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    problem = models.CharField(_("problem"), max_length=120, blank=True)
    next_try = models.DateTimeField(_("next try"), default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="one_letter_a_key"),
        ]
        indexes = [
            models.Index(fields=["next_try"], condition=models.Q(state="waiting"), name="letters_waiting"),
        ]

    def __str__(self) -> str:
        return f"Letter {self.pk}"

    def claim(self) -> bool:
        """Take this letter in hand for the length of a lease; say whether nobody else had it.

        One conditional statement: of two workers the second finds the row
        changed, on SQLite and on PostgreSQL alike.
        """
        now = timezone.now()
        free = Letter.objects.due(now).filter(pk=self.pk)
        if not free.update(leased_until=now + LEASE, tries=F("tries") + 1):
            return False
        self.refresh_from_db()
        return True

    def has_left(self) -> None:
        self.state, self.sent_at, self.leased_until, self.problem = self.State.SENT, timezone.now(), None, ""
        self.save(update_fields=["state", "sent_at", "leased_until", "problem"])

    def was_refused(self, problem: str, *, for_good: bool) -> None:
        """Note a failed try: another follows after a pause, unless it was the last or ``for_good``.

        Nothing changes when the lease ran out meanwhile and another worker has the letter.
        """
        mine = Letter.objects.filter(pk=self.pk, state=self.State.WAITING, leased_until=self.leased_until)
        if for_good or self.tries > len(PAUSES):
            mine.update(state=self.State.FAILED, next_try=timezone.now(), leased_until=None, problem=problem)
        else:
            pause = PAUSES[self.tries - 1]
            mine.update(next_try=timezone.now() + pause, leased_until=None, problem=problem)


class SuppressedQuerySet(models.QuerySet["Suppressed"]):
    def stops(self, address: str) -> bool:
        """Say whether no letter may go to ``address``."""
        return self.filter(address=address.lower()).exists()

    def suppress(self, address: str, reason: Suppressed.Reason) -> None:
        """Write to ``address`` no more; the first reason given stands."""
        self.get_or_create(address=address.lower(), defaults={"reason": reason})

    def allow(self, address: str) -> None:
        self.filter(address=address.lower()).delete()


class Suppressed(models.Model):
    """An address to which nothing is sent, not even sign-in codes.

    It is for addresses that bounce and for people who never had to do with the
    site; stopping one discussion's notices is a matter of that discussion.
    """

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("letters come back")
        COMPLAINED = "complained", _("reported a letter as spam")
        ASKED = "asked", _("asked not to be written to")

    address = models.EmailField(_("address"), max_length=254, unique=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = SuppressedQuerySet.as_manager()

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        # Never the address: this goes into logs.
        return f"{self.get_reason_display()} ({self.pk})"

    def clean(self) -> None:
        self.address = self.address.lower()
