"""Showing anew that it is you, for people who have neither a password nor a second factor here.

They sign in with an account elsewhere, which the library takes for proof
enough forever. Here it is for minutes; then a mailed code is asked for before
anything changes that could lock them out.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Trace, User

KEY = "accounts.again"
PROOFS = ("socialaccount", "code")


def is_due(request: HttpRequest) -> bool:
    """Return whether the reader has to show who they are, and has nothing but a letter to show it by."""
    if get_reauthentication_flows(request.user):
        return False
    records = get_authentication_records(request, request.user)
    shown = [record["at"] for record in records if record.get("method") in PROOFS]
    return time.time() - max(shown, default=0.0) > app_settings.REAUTHENTICATION_TIMEOUT


def methods(user: User) -> list[dict[str, Any]]:
    """Return the one way that is left, as the library lists its own; none for strangers."""
    if not user.is_authenticated:
        return []
    return [{"id": "again", "description": _("Use a code from a letter"), "url": reverse("account_again")}]


class MailedCode(AbstractCodeVerificationProcess):
    """A code in a letter to the address somebody signs in with, good in this session alone."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(
            user=request.user,
            state=state,
            timeout=app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
            max_attempts=app_settings.EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS,
        )

    @classmethod
    def begin(cls, request: HttpRequest) -> None:
        code = cls(request, cls.initial_state(request.user, email=request.user.email))
        code.send()
        code.persist()

    @classmethod
    def pending(cls, request: HttpRequest) -> MailedCode | None:
        state = request.session.get(KEY)
        return cls(request, state).abort_if_invalid() if state else None

    def finish(self) -> None:
        self.abort()
        record_authentication(self.request, self.user, method="code", reauthenticated=True)

    def record_invalid_attempt(self) -> bool:
        audit.write(Trace.Deed.FAILED, person=self.user, details="code", request=self.request)
        return super().record_invalid_attempt()

    def persist(self) -> None:
        self.request.session[KEY] = self.state

    def send(self) -> None:
        adapter = get_adapter(self.request)
        self.state["code"] = adapter.generate_login_code()
        adapter.send_mail("account/email/again", self.state["email"], {"code": self.code})

    def abort(self) -> None:
        self.request.session.pop(KEY, None)
