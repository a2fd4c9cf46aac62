"""Two-step verification in tests: the only place that reaches into allauth's second factors."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of an authenticator app, as it is typed


def add_app(user: User) -> None:
    """Set up an authenticator app with ``SECRET``."""
    totp.TOTP.activate(user, SECRET)


def app_code(secret: str = SECRET) -> str:
    """Return the code that the authenticator app shows now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def add_passkey(user: User, name: str = "Key") -> Authenticator:
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})


def add_recovery_codes(user: User) -> list[str]:
    """Give ``user`` recovery codes, if they have none yet; return the unused ones."""
    return RecoveryCodes.activate(user).get_unused_codes()


def stored_secrets() -> str:
    """Return everything that is stored about second factors, as text."""
    return str(list(Authenticator.objects.values_list("data", flat=True)))
