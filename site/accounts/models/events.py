"""What happened to accounts: who came in, who failed to, and who got which rights."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TraceQuerySet(models.QuerySet["Trace"]):
    def about(self, user: Any) -> TraceQuerySet:
        return self.filter(person=user).order_by("-at", "-pk")


class Trace(models.Model):
    """One line of the log. It never holds a password, a code, a token or an e-mail address.

    ``person`` is whose account it is, unknown for a sign-in under an address
    nobody has; ``by`` is who did it, where that is somebody else.
    """

    class Deed(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SIGNED_OUT = "signed_out", _("signed out")
        FAILED = "failed", _("failed to sign in")
        SIGNED_UP = "signed_up", _("made an account")
        CONNECTED = "connected", _("connected an account elsewhere")
        DISCONNECTED = "disconnected", _("removed an account elsewhere")
        ADDRESSES = "addresses", _("addresses changed")
        PASSWORD = "password", _("password changed")
        FACTOR = "factor", _("second factor changed")
        SESSIONS = "sessions", _("sessions ended")
        RIGHTS = "rights", _("rights changed")
        VOICE = "voice", _("organization confirmed or withdrawn")
        LEAVING = "leaving", _("deletion of the account")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    deed = models.CharField(_("what"), max_length=12, choices=Deed.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("whose account"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="traces",
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by whom"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    details = models.CharField(_("details"), max_length=300, blank=True)
    network_address = models.GenericIPAddressField(_("network address"), null=True, blank=True)

    objects = TraceQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.person or '?'}: {self.get_deed_display()}"
