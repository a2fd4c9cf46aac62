"""Whoever may enter the Wagtail admin proves it twice, each working day anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

GOOD_FOR = 12 * 60 * 60  # seconds
# A recovery code opens the account; it is no factor to be enrolled with.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorForStaff:
    """Keep the admin for sessions that were begun, or renewed, with a second factor.

    It counts what this session did, not what the account could have done: a
    session begun by some other door has shown no factor. Not in the demo,
    where accounts are printed on the screen anyway.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.sent_away(request) or self.get_response(request)

    def sent_away(self, request: HttpRequest) -> HttpResponse | None:
        """Return where to go instead; None for whoever may pass, or whom the admin refuses by itself."""
        if settings.DEMO or not request.path_info.startswith("/admin/") or not request.user.is_authenticated:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        if not is_mfa_enabled(request.user, FACTORS):
            messages.info(request, _("Set up a second factor first: the editors' desk is kept behind it."))
            return redirect("mfa_index")
        if time.time() - shown_at(request) > GOOD_FOR:
            messages.info(request, _("Please show your second factor: the editors' desk is kept behind it."))
            apps = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
            door = reverse("mfa_reauthenticate" if apps else "mfa_reauthenticate_webauthn")
            return redirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
        return None


def shown_at(request: HttpRequest) -> float:
    """Return when this session last showed a second factor, in seconds since 1970; 0 for never."""
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if record.get("method") == "mfa"]
    return max(times, default=0.0)
