"""Two-step verification for everybody who may enter the Wagtail admin, anew every working day."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

MAX_AGE = timedelta(hours=12)
# A recovery code opens the account; it is no second step to enroll with.
ENROLLABLE = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class RequireStaffMFA:
    """Let only sessions into the admin that passed two-step verification within MAX_AGE.

    It counts what this session did, not what the account has set up. Off in
    the demo, where the passwords are printed on the screen anyway.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.redirect_for(request) or self.get_response(request)

    def redirect_for(self, request: HttpRequest) -> HttpResponse | None:
        """Return where to go first; None for whoever may pass, or whom the admin itself refuses."""
        if settings.DEMO or not request.path_info.startswith("/admin/") or not request.user.is_authenticated:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        if not is_mfa_enabled(request.user, ENROLLABLE):
            messages.info(request, _("Set up two-step verification to use the admin."))
            return redirect("mfa_index")
        if time.time() - last_mfa_at(request) > MAX_AGE.total_seconds():
            messages.info(request, _("Verify it’s you to use the admin."))
            has_app = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
            url = reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
            return redirect(f"{url}?{urlencode({'next': request.get_full_path()})}")
        return None


def last_mfa_at(request: HttpRequest) -> float:
    """Return when this session last passed two-step verification, in seconds since 1970; 0 for never."""
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if record.get("method") == "mfa"]
    return max(times, default=0.0)
