"""People and addresses that may not comment, or only after a moderator has read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User
    from discussion.models.comment import Comment


def mark_of(address: str) -> str:
    """Return by what an address is known again without keeping it: a hash under the site's key."""
    plain = address.strip().lower()
    return salted_hmac("discussion.ban", plain, algorithm="sha256").hexdigest() if plain else ""


class BanQuerySet(models.QuerySet["Ban"]):
    def now(self) -> BanQuerySet:
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()))

    def of_writer(self, comment: Comment) -> BanQuerySet:
        """Keep what concerns whoever wrote ``comment``, by account or by address."""
        return self.now().about(user=comment.user_id, mark=mark_of(comment.address))

    def about(self, *, user: User | int | None, mark: str) -> BanQuerySet:
        """Keep what concerns an account or an address; nothing, where there is neither."""
        asked = Q(pk=None)
        if user is not None:
            asked |= Q(user=user)
        if mark:
            asked |= Q(mark=mark)
        return self.filter(asked)


class Ban(models.Model):
    """One ban. The address is kept as a keyed hash, so that it outlives an account without naming anybody."""

    class Kind(models.TextChoices):
        REFUSE = "refuse", _("may not comment")
        READ_FIRST = "read", _("a moderator reads first")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    mark = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = BanQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Ban {self.pk}"

    @property
    def who(self) -> str:
        return str(self.user) if self.user is not None else gettext("an address")
