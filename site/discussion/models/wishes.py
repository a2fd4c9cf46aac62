"""How people who look after the discussion, or own pages, want to be told of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from accounts.models import User
from discussion.models.following import Following, Notice, Rhythm

OFFERED = [(one.value, one.label) for one in (Rhythm.NOW, Rhythm.DAILY, Rhythm.NEVER)]


class Wishes(models.Model):
    """One person's wishes. Who has no row is told of the desk at once, and of their own pages once a day."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="wishes"
    )
    desk = models.CharField(
        _("when a comment waits for a moderator"), max_length=8, choices=OFFERED, default=Rhythm.NOW
    )
    own_pages = models.CharField(
        _("when somebody comments on a page of yours"),
        max_length=8, choices=OFFERED, default=Rhythm.DAILY,
    )  # fmt: skip

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("wishes")
        verbose_name_plural = _("wishes")

    def __str__(self) -> str:
        return f"Wishes {self.pk}"

    @classmethod
    def of(cls, member: User) -> Wishes:
        """Return what ``member`` wishes; not saved where they never said."""
        return getattr(member, "wishes", None) or cls(member=member)

    def keep(self) -> None:
        """Save, and let all pages this person owns follow suit."""
        self.save()
        own = Following.objects.filter(member=self.member_id, page__owner=self.member_id)
        own.update(rhythm=self.own_pages)
        if self.desk == Rhythm.NEVER:
            Notice.objects.filter(moderator=self.member_id).delete()


def owns_pages(member: User) -> bool:
    return Page.objects.filter(owner=member).exists()
