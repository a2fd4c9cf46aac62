"""Whether it is verified that a person works where they say."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Domain, Organisation
from pagecache.dependencies import expire_with

MAX_AGE = timedelta(days=365)


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def valid(self) -> AffiliationQuerySet:
        """Keep the affiliations that are verified today.

        An address verifies one only while it is the person's own verified
        address and its domain is still the organization's, so nothing has to
        be undone when either ends.
        """
        now = timezone.now()
        expire_with(self.filter(expires_at__gt=now), "expires_at")
        return self.sound().filter(expires_at__gt=now)

    def sound(self) -> AffiliationQuerySet:
        """Keep what is verified, or was until it expired."""
        domains = Domain.objects.filter(organisation=OuterRef("organisation"), name=OuterRef("domain"))
        addresses = EmailAddress.objects.filter(user=OuterRef("user"), verified=True, email=OuterRef("email"))
        by_email = Q(Exists(domains)) & Q(Exists(addresses))
        # A new request to an editor does not suspend what was verified before.
        upheld = ~Q(state=Affiliation.State.WITHDRAWN)
        return self.filter(upheld).filter(Q(method=Affiliation.Method.EDITOR) | by_email)

    def pending(self) -> AffiliationQuerySet:
        return self.filter(state=Affiliation.State.REQUESTED)


class Affiliation(models.Model):
    """A person's claim to work for an organization, and whether it is verified."""

    class State(models.TextChoices):
        REQUESTED = "asked", _("Waiting for review")
        CONFIRMED = "confirmed", _("Verified")
        WITHDRAWN = "withdrawn", _("Not verified")

    class Method(models.TextChoices):
        EMAIL = "address", _("E-mail address at the organization")
        EDITOR = "editor", _("Editor")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="affiliation",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organization"), on_delete=models.CASCADE, related_name="affiliations"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.REQUESTED)
    method = models.CharField(_("verified by"), max_length=10, choices=Method.choices, blank=True)
    email = models.EmailField(blank=True, editable=False)
    domain = models.CharField(max_length=253, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("editor"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("verified organization")
        verbose_name_plural = _("verified organizations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(expires_at__isnull=False) & ~Q(method="")),
                name="confirmed_how_and_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"

    @property
    def role(self) -> str:
        return self.user.role

    @property
    def is_valid(self) -> bool:
        """Whether it is verified today; costs a query."""
        return Affiliation.objects.valid().filter(pk=self.pk).exists()

    @property
    def has_expired(self) -> bool:
        """Whether it was verified once and no longer counts."""
        return self.state == self.State.CONFIRMED and not self.is_valid

    def confirm_by_email(self, email: str) -> None:
        """Verify it for MAX_AGE, by an address at the organization that was just confirmed."""
        self.email, self.domain = email, email.rpartition("@")[2]
        self._confirm(self.Method.EMAIL)

    def confirm_by_editor(self, *, by: AbstractBaseUser) -> None:
        """Verify it for MAX_AGE, on an editor's decision."""
        self.confirmed_by_id = by.pk
        self._confirm(self.Method.EDITOR)

    def withdraw(self) -> None:
        self.state, self.changed_at = self.State.WITHDRAWN, timezone.now()
        self.save(update_fields=["state", "changed_at"])

    def _confirm(self, method: Method) -> None:
        self.state, self.method = self.State.CONFIRMED, method
        self.changed_at = timezone.now()
        self.expires_at = self.changed_at + MAX_AGE
        self.save()
        self.user.organisation = self.organisation.name
        self.user.save(update_fields=["organisation"])
