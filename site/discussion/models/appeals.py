"""What a writer says against a removal, and what moderators note for each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> AppealQuerySet:
        return self.filter(answered_at=None)


class Appeal(models.Model):
    """The one appeal a writer may make about a comment; ``granted`` is empty until it is answered."""

    comment = models.OneToOneField("discussion.Comment", on_delete=models.CASCADE, related_name="appeal")
    words = models.TextField(_("in their words"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    granted = models.BooleanField(_("granted"), null=True)

    objects = AppealQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return f"Appeal {self.pk}"


class Note(models.Model):
    """What one moderator lets the others know about a comment. Readers never see it."""

    comment = models.ForeignKey("discussion.Comment", on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(_("note"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("moderators' note")
        verbose_name_plural = _("moderators' notes")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"Note {self.pk}"
