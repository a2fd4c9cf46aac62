"""Reauthentication by a code in an e-mail, for people with neither a password nor two-step verification.

They sign in through a provider, which allauth accepts as proof for as long as
the session lasts. Here it counts for minutes; after that a change that could
lock them out of the account asks for the code first.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.member_request import MemberRequest
from accounts.models import AccountEvent, User
from accounts.signin.allauth_internals import (
    AbstractCodeVerificationProcess,
    get_reauthentication_flows,
    record_authentication,
)

SESSION_KEY = "accounts.again"
ACCEPTED_METHODS = ("socialaccount", "code")


def required(request: HttpRequest) -> bool:
    """Return whether the person has to reauthenticate and can do so by e-mail only."""
    if get_reauthentication_flows(request.user):
        return False
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if record.get("method") in ACCEPTED_METHODS]
    return time.time() - max(times, default=0.0) > app_settings.REAUTHENTICATION_TIMEOUT


def methods(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Return this method in the form in which allauth lists its own; none for anonymous users."""
    if not user.is_authenticated:
        return []
    url = reverse("account_reauthenticate_email")
    return [{"id": "again", "description": _("Get a code by e-mail"), "url": url}]


class EmailCodeReauthentication(AbstractCodeVerificationProcess):
    """A code sent to the address the person signs in with, valid in this session alone."""

    def __init__(self, request: MemberRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(
            user=request.user,
            state=state,
            timeout=app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
            max_attempts=app_settings.EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS,
        )

    @classmethod
    def begin(cls, request: MemberRequest) -> None:
        """Send a new code; an earlier one stops working."""
        process = cls(request, cls.initial_state(request.user, email=request.user.email))
        process.send()
        process.persist()

    @classmethod
    def pending(cls, request: MemberRequest) -> EmailCodeReauthentication | None:
        """Return the process that waits for its code; None where none was begun or it has expired."""
        state = request.session.get(SESSION_KEY)
        return cls(request, state).abort_if_invalid() if state else None

    def finish(self) -> None:
        self.abort()
        record_authentication(self.request, self.user, method="code", reauthenticated=True)

    def record_invalid_attempt(self) -> bool:
        """Count a wrong code; return whether another attempt is allowed."""
        audit.record(AccountEvent.Action.FAILED, person=self.user, details=_("code"), request=self.request)
        return super().record_invalid_attempt()

    def persist(self) -> None:
        self.request.session[SESSION_KEY] = self.state

    def send(self) -> None:
        adapter = get_adapter(self.request)
        self.state["code"] = adapter.generate_login_code()
        adapter.send_mail("account/email/reauthentication", self.state["email"], {"code": self.code})

    def abort(self) -> None:
        self.request.session.pop(SESSION_KEY, None)
