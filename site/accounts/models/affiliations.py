"""Whether it is confirmed that a person works where they say."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Domain, Organisation

GOOD_FOR = timedelta(days=365)


class VoiceQuerySet(models.QuerySet["Voice"]):
    def standing(self) -> VoiceQuerySet:
        """Keep what holds today.

        An address confirms only while it is the person's, proven, and its
        domain is the organization's: nothing has to be undone when one ends.
        """
        listed = Domain.objects.filter(organisation=OuterRef("organisation"), name=OuterRef("domain"))
        proven = EmailAddress.objects.filter(user=OuterRef("user"), verified=True, email=OuterRef("address"))
        by_address = Q(Exists(listed)) & Q(Exists(proven))
        # What was confirmed stays so while an editor has yet to look at it anew.
        good = ~Q(state=Voice.State.WITHDRAWN) & Q(until__gt=timezone.now())
        return self.filter(good).filter(Q(way=Voice.Way.EDITOR) | by_address)

    def waiting(self) -> VoiceQuerySet:
        return self.filter(state=Voice.State.ASKED)


class Voice(models.Model):
    """A person's claim to an organization, and what became of it."""

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for an editor")
        CONFIRMED = "confirmed", _("confirmed")
        WITHDRAWN = "withdrawn", _("not confirmed")

    class Way(models.TextChoices):
        ADDRESS = "address", _("an address there")
        EDITOR = "editor", _("an editor")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="voice"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organization"), on_delete=models.CASCADE, related_name="voices"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    way = models.CharField(_("confirmed by"), max_length=10, choices=Way.choices, blank=True)
    address = models.EmailField(blank=True, editable=False)
    domain = models.CharField(max_length=253, blank=True, editable=False)
    vouched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("editor"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    until = models.DateTimeField(_("good until"), null=True, blank=True)

    objects = VoiceQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("verified voice")
        verbose_name_plural = _("verified voices")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(until__isnull=False) & ~Q(way="")),
                name="confirmed_how_and_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"

    @property
    def role(self) -> str:
        return self.user.role

    @property
    def is_standing(self) -> bool:
        return Voice.objects.standing().filter(pk=self.pk).exists()

    @property
    def has_lapsed(self) -> bool:
        """Whether it was confirmed and no longer counts."""
        return self.state == self.State.CONFIRMED and not self.is_standing

    def prove(self, address: str) -> None:
        """Count it as confirmed for a year, by an address that has just been proven anew."""
        self.address, self.domain = address, address.rpartition("@")[2]
        self._confirm(self.Way.ADDRESS)

    def vouch(self, *, by: models.Model) -> None:
        """Count it as confirmed for a year, on an editor's word."""
        self.vouched_by = by  # type: ignore[assignment]
        self._confirm(self.Way.EDITOR)

    def withdraw(self) -> None:
        self.state, self.changed_at = self.State.WITHDRAWN, timezone.now()
        self.save(update_fields=["state", "changed_at"])

    def _confirm(self, way: Way) -> None:
        self.state, self.way = self.State.CONFIRMED, way
        self.changed_at = timezone.now()
        self.until = self.changed_at + GOOD_FOR
        self.save()
        self.user.organisation = self.organisation.name
        self.user.save(update_fields=["organisation"])
