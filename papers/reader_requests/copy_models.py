"""Requests for a copy of a file that is not public."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.reader_requests.format_models import MAX_AGE_UNANSWERED

if TYPE_CHECKING:
    from accounts.models import User


LINK_MAX_AGE = timedelta(days=14)


class CopyRequestQuerySet(models.QuerySet["CopyRequest"]):
    def open(self) -> CopyRequestQuerySet:
        return self.filter(state=CopyRequest.State.WAITING)

    def expired(self, now: datetime) -> CopyRequestQuerySet:
        """Keep what was answered so long ago that its link has expired, and what was never answered."""
        retention = max(timedelta(days=settings.FORMAT_REQUEST_KEEP_DAYS), LINK_MAX_AGE)
        answered = models.Q(answered_at__lt=now - retention)
        return self.filter(answered | models.Q(requested_at__lt=now - MAX_AGE_UNANSWERED))


class CopyRequest(models.Model):
    """A reader's request for the file of one edition, and whether it was granted."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")

    edition = models.ForeignKey("papers.Edition", on_delete=models.CASCADE, related_name="copy_requests")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    purpose = models.TextField(_("purpose"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    objects = CopyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at"]
        verbose_name = _("request for a copy")
        verbose_name_plural = _("requests for copies")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "email"],
                condition=models.Q(state="waiting"),
                name="one_open_copy_request",
            )
        ]

    def __str__(self) -> str:
        return _("Request %(number)s for %(edition)s") % {"number": self.pk, "edition": self.edition}

    @property
    def is_open(self) -> bool:
        return self.state == self.State.WAITING

    def resolve(self, state: str, *, user: User | None) -> bool:
        """Grant or decline the request; return False if somebody else did so before."""
        still_open = CopyRequest.objects.open().filter(pk=self.pk)
        if not still_open.update(state=state, answered_at=timezone.now(), answered_by=user):
            return False
        self.refresh_from_db()
        return True
