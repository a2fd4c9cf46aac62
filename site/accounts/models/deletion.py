"""Accounts on their way out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WAIT = timedelta(days=7)


def after_the_wait() -> datetime:
    return timezone.now() + WAIT


class LeavingQuerySet(models.QuerySet["Leaving"]):
    def due(self) -> LeavingQuerySet:
        return self.filter(due_at__lte=timezone.now()).order_by("due_at")


class Leaving(models.Model):
    """Somebody's wish to have the account deleted; until ``due_at`` it can be taken back."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="leaving"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=after_the_wait, db_index=True)

    objects = LeavingQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")

    def __str__(self) -> str:
        return str(self.user)
