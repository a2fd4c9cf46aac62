"""Requests for a paper in an accessible format."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from mail.mailboxes import validate_visible

if TYPE_CHECKING:
    from accounts.models import User

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no characters that look alike
WORKDAYS_PER_WEEK = 5
MAX_AGE_UNANSWERED = timedelta(days=2 * 365)


def new_reference() -> str:
    return f"AF-{get_random_string(4, REFERENCE_ALPHABET)}-{get_random_string(4, REFERENCE_ALPHABET)}"


def working_days_after(day: date, number: int) -> date:
    """Return the day ``number`` working days later; holidays are not taken into account."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < WORKDAYS_PER_WEEK
    return day


def default_due_date() -> date:
    return working_days_after(timezone.localdate(), settings.FORMAT_REQUEST_WORKING_DAYS)


class FormatRequestQuerySet(models.QuerySet["FormatRequest"]):
    def open(self) -> FormatRequestQuerySet:
        return self.filter(state=FormatRequest.State.OPEN)

    def expired(self, now: datetime) -> FormatRequestQuerySet:
        """Keep what was answered longer ago than requests are kept, and what was never answered."""
        retention = timedelta(days=settings.FORMAT_REQUEST_KEEP_DAYS)
        answered = models.Q(state=FormatRequest.State.ANSWERED, answered_at__lt=now - retention)
        return self.filter(answered | models.Q(requested_at__lt=now - MAX_AGE_UNANSWERED))


class FormatRequest(models.Model):
    """One reader's request; only the staff sees it, and it is deleted some months after the answer."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")

    reference = models.CharField(
        _("reference number"), max_length=20, unique=True, default=new_reference, editable=False
    )
    edition = models.ForeignKey(
        "papers.Edition", verbose_name=_("edition"), on_delete=models.CASCADE, related_name="format_requests",
        editable=False,
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail"), max_length=254, validators=[validate_visible])
    need = models.TextField(_("what is needed"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now, editable=False)
    due_date = models.DateField(_("answer by"), default=default_due_date, editable=False)
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = FormatRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        verbose_name = _("request for an accessible format")
        verbose_name_plural = _("requests for an accessible format")

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_date < timezone.localdate()

    def resolve(self, answer: str, *, user: User) -> bool:
        """Save the answer; return False if somebody else has answered before."""
        with transaction.atomic():
            if not FormatRequest.objects.select_for_update().filter(pk=self.pk).open().exists():
                return False
            self.answer, self.state = answer, self.State.ANSWERED
            self.answered_at, self.answered_by = timezone.now(), user
            self.save(update_fields=["answer", "state", "answered_at", "answered_by"])
        return True
