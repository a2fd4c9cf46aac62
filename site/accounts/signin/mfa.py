"""Two-step verification: allauth's, where this site differs, and anew every working day for the admin."""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from urllib.parse import urlencode

import qrcode
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathFillImage


class MFAAdapter(DefaultMFAAdapter):
    """Draws the QR code on white, and encrypts the authenticators' secrets in the database."""

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code on a white ground: phones can't read black on a dark page."""
        output = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(output)
        return output.getvalue().decode("utf8")

    # A copy of the database alone must not be enough to compute anybody's codes.

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()


def cipher() -> MultiFernet:
    """Return what encrypts with SECRET_KEY and also decrypts with SECRET_KEY_FALLBACKS."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(urlsafe_b64encode(sha256(f"second factor:{key}".encode()).digest())) for key in keys
    )


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
        if not request.path_info.startswith("/admin/") or not request.user.is_authenticated:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        return require_recent_mfa(request)


def require_recent_mfa(request: HttpRequest) -> HttpResponse | None:
    """Return where to go first; None for a session that passed two-step verification within MAX_AGE.

    Whatever somebody's rights as staff show them beyond what readers see asks this.
    """
    if settings.DEMO:
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
