"""Requests to delete an account."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

GRACE_PERIOD = timedelta(days=7)


def default_due_at() -> datetime:
    return timezone.now() + GRACE_PERIOD


class DeletionRequestQuerySet(models.QuerySet["DeletionRequest"]):
    def due(self) -> DeletionRequestQuerySet:
        """Keep the requests whose grace period is over, oldest first."""
        return self.filter(due_at__lte=timezone.now()).order_by("due_at")


class DeletionRequest(models.Model):
    """A person's request to delete their account; it can be canceled until ``due_at``."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE,
        related_name="deletion_request",
    )  # fmt: skip
    requested_at = models.DateTimeField(_("requested"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=default_due_at, db_index=True)

    objects = DeletionRequestQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("deletion request")
        verbose_name_plural = _("deletion requests")

    def __str__(self) -> str:
        return str(self.user)
