"""When a member last looked at a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User


class VisitQuerySet(models.QuerySet["Visit"]):
    def last(self, member: User, page: Page) -> datetime | None:  # type: ignore[override]
        """Return up to when ``member`` has seen the talk under ``page``; None for the first visit."""
        return self.filter(member=member, page=page).values_list("seen_until", flat=True).first()

    def note(self, member: User, page: Page, until: datetime) -> None:
        self.update_or_create(member=member, page=page, defaults={"seen_until": until})


class Visit(models.Model):
    """Up to which moment a member has seen what was said under a page."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    seen_until = models.DateTimeField(_("seen until"))

    objects = VisitQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [models.UniqueConstraint(fields=["member", "page"], name="one_visit_a_page")]

    def __str__(self) -> str:
        return f"Visit {self.pk}"
