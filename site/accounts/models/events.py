"""The log of account events: sign-ins, failed sign-ins, and changes to accounts and permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models.users import User


class AccountEventQuerySet(models.QuerySet["AccountEvent"]):
    def for_person(self, user: User) -> AccountEventQuerySet:
        """Keep the events of one account, newest first."""
        return self.filter(person=user).order_by("-at", "-pk")


class AccountEvent(models.Model):
    """One line of the log. It never holds a password, a code, a token or an e-mail address.

    ``person`` is whose account it is, empty for a failed sign-in with an
    address that has no account; ``by`` is who did it, where that is somebody
    else.
    """

    class Action(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SIGNED_OUT = "signed_out", _("signed out")
        FAILED = "failed", _("failed to sign in")
        SIGNED_UP = "signed_up", _("created an account")
        CONNECTED = "connected", _("connected a provider account")
        DISCONNECTED = "disconnected", _("disconnected a provider account")
        EMAILS = "addresses", _("e-mail addresses changed")
        PASSWORD = "password", _("password changed")
        MFA = "factor", _("two-step verification changed")
        SESSIONS = "sessions", _("signed out of other sessions")
        PERMISSIONS = "rights", _("permissions changed")
        AFFILIATION = "voice", _("organization verification changed")
        DELETION = "leaving", _("account deletion")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    action = models.CharField(_("action"), max_length=12, choices=Action.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="account_events",
    )  # fmt: skip
    by = models.ForeignKey(
        # Translators: who did it, where that is not the person whose account it is.
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    details = models.CharField(_("details"), max_length=300, blank=True)
    ip_address = models.GenericIPAddressField(_("IP address"), null=True, blank=True)

    objects = AccountEventQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.person or '?'}: {self.get_action_display()}"
