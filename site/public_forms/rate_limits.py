"""How often something may be done: one table for the whole site, which RATE_LIMITS overrides by name.

Rates are written as allauth writes them: ``30/m/ip`` is thirty a minute from
one network address. This is the one module that imports allauth's limiter,
which counts in the cache that all processes share.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from allauth.core.internal.ratelimit import Rate, consume, parse_rates
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from mail.mailboxes import canonical_mailbox

# Whole school offices share one network address, so what is counted by that is generous.
DEFAULT_RATES = {
    # Anything sent by the comment form, by an edit, for links or for a copy, accepted or not.
    "attempt": "120/m/ip",
    "comment": "30/m/ip,200/h/ip,10/m/user,60/h/user,60/m/page,600/h/page",
    "unproven": "5/h/ip,60/h/site",  # guests' comments without a proof of work
    "proof": "60/m/ip",
    "email": "5/d/mailbox,60/h/ip",  # to confirm a comment, with links to earlier ones, about a copy
    "useful": "60/m/user",
    "report": "20/h/ip,20/h/user",  # appeals too
    "sign-in": "30/m/ip",
    "format-attempt": "30/m/ip",
    "format-request": "20/h/ip",
    "format-email": "5/d/mailbox,60/h/ip",
    "search": "60/m/ip,600/h/ip",
    "oai": "120/m/ip",
    "account-email": "20/h/mailbox,120/h/ip",  # that anybody can have sent, as by signing up
}
RATE_KEYS = ("ip", "user", "page", "mailbox", "site")

# What allauth counts, by its own names and with its own defaults; below the line our additions to it.
ACCOUNT_RATES = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "request_login_code": "20/m/ip,3/m/key",
    "signup": "20/m/ip",
    "confirm_email": "1/10s/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "change_phone": "1/m/user",
    "verify_phone": "1/30s/key,3/m/ip",
    "webauthn_login": "10/m/ip",
    # ---
    "social_login": "60/m/ip",
    "reauthenticate_email": "5/h/user",
    "affiliation": "5/h/user",
    "delete_account": "5/h/user",
    "page_password": "20/m/ip",
}
ACCOUNT_RATE_KEYS = ("ip", "user", "key")


class RateLimited(NamedTuple):
    """How many seconds to wait, and by which of RATE_KEYS it was counted."""

    seconds: int
    per: str


def validate_rates(rates: Mapping[str, str]) -> None:
    """Raises ImproperlyConfigured for a name that is in no table, or a rate that cannot be counted."""
    known = [*DEFAULT_RATES, *ACCOUNT_RATES]
    for name, rate in rates.items():
        if name not in known:
            raise ImproperlyConfigured(f"RATE_LIMITS names {name!r}; use {', '.join(known)}.")
        keys = RATE_KEYS if name in DEFAULT_RATES else ACCOUNT_RATE_KEYS
        if not _is_valid(rate, keys):
            raise ImproperlyConfigured(
                f"RATE_LIMITS says {name}={rate!r}; write it like 30/m/ip,200/h/ip, "
                f"with s, m, h or d and one of {', '.join(keys)}."
            )


def _is_valid(rate: str, keys: tuple[str, ...]) -> bool:
    try:
        parsed = parse_rates(rate)
    except ValueError:
        return False
    return bool(parsed) and all(
        one.amount >= 0 and 0 < one.duration < math.inf and one.per in keys for one in parsed
    )


def account_rates(overrides: Mapping[str, str]) -> dict[str, str]:
    """Return the rates for allauth's settings, with a site's own from RATE_LIMITS."""
    return {name: overrides.get(name, rate) for name, rate in ACCOUNT_RATES.items()}


def hit(request: HttpRequest | None, name: str, **counted: str) -> RateLimited | None:
    """Count one more of ``name``; return how long to wait where that was too many.

    ``counted`` gives ``page`` and ``mailbox``; rates by what is not given, and
    by account for readers without one, do not count.
    """
    if not settings.LIMITS:
        return None
    values = {"ip": "", "site": "", "user": "", **counted}
    if "mailbox" in values:
        values["mailbox"] = canonical_mailbox(values["mailbox"])
    for rate in parse_rates((DEFAULT_RATES | settings.RATE_LIMITS)[name]):
        if request is None and rate.per in ("ip", "user"):  # of an e-mail that no reader's request causes
            continue
        if rate.per not in values:
            continue
        if rate.per == "user" and request is not None and not request.user.is_authenticated:
            continue
        if not _consume(request, name, rate, values[rate.per]):
            return RateLimited(int(rate.duration), rate.per)
    return None


def _consume(request: HttpRequest | None, name: str, rate: Rate, value: str) -> bool:
    per = rate.per if rate.per in ("ip", "user") else "key"
    config = {name: f"{rate.amount}/{rate.duration}s/{per}"}
    key = f"{rate.per} {value}"
    return bool(consume(request, app="public_forms", action=name, config=config, key=key, limit_get=True))
