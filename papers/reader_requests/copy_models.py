"""Requests for a copy of a file that is not public."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.reader_requests.format_models import KEEP_UNANSWERED

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


GOOD_FOR = timedelta(days=14)  # a link to a copy


class CopyRequestQuerySet(models.QuerySet["CopyRequest"]):
    def waiting(self) -> CopyRequestQuerySet:
        return self.filter(state=CopyRequest.State.WAITING)

    def forgettable(self, now: datetime) -> CopyRequestQuerySet:
        """Keep what was answered so long ago that its link is dead, and what nobody ever answered."""
        kept = max(timedelta(days=settings.FORMAT_REQUEST_KEEP_DAYS), GOOD_FOR)
        return self.filter(
            models.Q(answered_at__lt=now - kept) | models.Q(asked_at__lt=now - KEEP_UNANSWERED)
        )


class CopyRequest(models.Model):
    """Somebody's wish for one edition, and what the desk said to it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")

    edition = models.ForeignKey("papers.Edition", on_delete=models.CASCADE, related_name="copy_requests")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    purpose = models.TextField(_("what for"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    objects = CopyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("request for a copy")
        verbose_name_plural = _("requests for copies")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "email"], condition=models.Q(state="waiting"), name="one_wish_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return _("Request %(number)s for %(edition)s") % {"number": self.pk, "edition": self.edition}

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    def answer(self, state: str, *, by: AbstractBaseUser) -> bool:
        """Settle the request; returns False where somebody has settled it before."""
        waiting = CopyRequest.objects.waiting().filter(pk=self.pk)
        if not waiting.update(state=state, answered_at=timezone.now(), answered_by=by):
            return False
        self.refresh_from_db()
        return True
