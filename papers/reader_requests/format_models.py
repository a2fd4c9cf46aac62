"""Readers who ask for a paper in a form they can use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another
WORKDAYS = 5
KEEP_UNANSWERED = timedelta(days=2 * 365)


def new_reference() -> str:
    return f"AF-{get_random_string(4, SIGNS)}-{get_random_string(4, SIGNS)}"


def working_days_after(day: date, number: int) -> date:
    """Return the day ``number`` working days later; holidays are not known here."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < WORKDAYS
    return day


def answer_by() -> date:
    return working_days_after(timezone.localdate(), settings.FORMAT_REQUEST_WORKING_DAYS)


class FormatRequestQuerySet(models.QuerySet["FormatRequest"]):
    def open(self) -> FormatRequestQuerySet:
        return self.filter(state=FormatRequest.State.OPEN)

    def forgettable(self, now: datetime) -> FormatRequestQuerySet:
        """Keep what was answered so long ago that nobody will ask, and what nobody ever answered."""
        kept = timedelta(days=settings.FORMAT_REQUEST_KEEP_DAYS)
        answered = models.Q(state=FormatRequest.State.ANSWERED, answered_at__lt=now - kept)
        return self.filter(answered | models.Q(asked_at__lt=now - KEEP_UNANSWERED))


class FormatRequest(models.Model):
    """One reader's wish; only the desk sees it, and it is deleted some months after the answer."""

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
    email = models.EmailField(_("e-mail"), max_length=254)
    need = models.TextField(_("what is needed"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    answer_by = models.DateField(_("answer by"), default=answer_by, editable=False)
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = FormatRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request for an accessible format")
        verbose_name_plural = _("requests for an accessible format")

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.answer_by < timezone.localdate()

    def reply(self, answer: str, *, user: AbstractBaseUser) -> bool:
        """Answer once; returns False where somebody else has answered meanwhile."""
        from papers.reader_requests import emails  # it knows this model

        with transaction.atomic():
            waiting = FormatRequest.objects.select_for_update().filter(pk=self.pk).open()
            if not waiting.exists():
                return False
            self.answer, self.state = answer, self.State.ANSWERED
            self.answered_at, self.answered_by = timezone.now(), user
            self.save(update_fields=["answer", "state", "answered_at", "answered_by"])
            emails.tell_the_answer(self)
            self.edition.tell("papers.request.answer", user=user, reference=self.reference)
        return True
