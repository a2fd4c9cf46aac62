"""Wrong passwords are limited in a way that lets nobody keep somebody else's account shut.

What strangers get wrong counts by account and network address together, and only then by account.
A browser that has signed in to the account before shows it by a cookie (OWASP: device cookie), and is
counted apart. The cookie opens nothing: the password is still asked for.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import get_random_string

from accounts.models import User
from public_forms import rate_limits, signed_links

COOKIE = "colloquy_known_browser"
PATH = "/accounts/"
SALT = "accounts.known-browser"
MAX_AGE = timedelta(days=365)
MAX_ACCOUNTS = 5  # that one browser is known for, the newest


class Attempt:
    """One attempt to sign in, counted as a failure until it is forgiven."""

    def __init__(self, request: HttpRequest, email: str) -> None:
        """Count it; ``is_allowed`` says whether the password may be looked at."""
        self.usages = [
            rate_limits.consume_account_rate(request, name, key) for name, key in counted(request, email)
        ]
        self.is_allowed = all(self.usages)

    def forgive(self) -> None:
        for usage in self.usages:
            if usage:
                usage.rollback()


def counted(request: HttpRequest, email: str) -> list[tuple[str, str]]:
    """Return by which rates and keys a failure to sign in with ``email`` counts."""
    email = email.lower()
    if browser := known_browser(request, email):
        return [("login_failed_known", f"{email} {browser}")]
    return strangers_rates(request, email)


def strangers_rates(request: HttpRequest, email: str) -> list[tuple[str, str]]:
    here = rate_limits.pair(request, email)
    return [("login_failed", here), ("login_failed_address", here), ("login_failed_account", email)]


def known_browser(request: HttpRequest, email: str) -> str:
    """Return the name of this browser if it has signed in to the account with ``email``, else nothing."""
    browser, accounts = _load(request)
    if not accounts:
        return ""
    # Anybody can claim an address that is not verified.
    verified = Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    has_address = Q(email__iexact=email) | verified
    return browser if User.objects.filter(has_address, pk__in=accounts).exists() else ""


def remember_browser(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    browser, accounts = _load(request)
    accounts = [user.pk, *(pk for pk in accounts if pk != user.pk)][:MAX_ACCOUNTS]
    response.set_cookie(
        COOKIE, signed_links.sign([browser or get_random_string(16), accounts], salt=SALT), max_age=MAX_AGE,
        path=PATH, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip


def _load(request: HttpRequest) -> tuple[str, list[int]]:
    try:
        value = signed_links.load_fields(request.COOKIES.get(COOKIE, ""), 2, salt=SALT, max_age=MAX_AGE)
    except signed_links.LinkExpiredError:
        value = None
    return (value[0], value[1]) if value else ("", [])


def connect() -> None:
    password_reset.connect(forget_failures, dispatch_uid="failed logins")


def forget_failures(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Let in whoever has just set a new password by e-mail, whatever others have got wrong."""
    addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    for email in {user.email, *addresses}:
        for name, key in strangers_rates(request, email.lower()):
            rate_limits.clear_account_rate(request, name, key)
