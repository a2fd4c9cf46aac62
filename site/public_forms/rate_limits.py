"""How often something may be done: one table for the whole site, which RATE_LIMITS overrides by name.

Rates are written as allauth writes them: ``30/m/ip`` is thirty a minute from
one network address. This is the one module that imports allauth's limiter,
which counts in the cache that all processes share.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from allauth.core.internal.ratelimit import (
    Rate,
    RateLimitUsage,
    clear,
    consume,
    get_cache_key,
    get_ip,
    get_rates,
    parse_rates,
)
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from mail.mailboxes import canonical_mailbox

# Whole school offices share one network address, so what is counted by that is generous.
DEFAULT_RATES = {
    # Anything sent by the comment form, by an edit, for links, for a copy or by a link, accepted or not.
    "attempt": "120/m/ip",
    "kept-form": "20/m/ip,60/h/ip",  # that came after a session had ended; they are stored
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
    "portrait": "10/m/user,60/h/user",
    "search": "60/m/ip,600/h/ip",
    "oai": "120/m/ip",
    # That anybody can have sent, as by signing up. No single address uses up what a mailbox may get.
    "account-email": "6/h/pair,20/h/mailbox,120/h/ip",
}
# A pair is a mailbox and a network address.
RATE_KEYS = ("ip", "user", "page", "mailbox", "pair", "site")

# What allauth counts, by its own names and with its own defaults; below the line our additions to it.
ACCOUNT_RATES = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "request_login_code": "20/m/ip,3/m/key",
    "signup": "20/m/ip",
    "confirm_email": "5/m/key",  # allauth says 1/10s/key, which stops whoever tries a second provider at once
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "change_phone": "1/m/user",
    "verify_phone": "1/30s/key,3/m/ip",
    "webauthn_login": "10/m/ip",
    # ---
    # Wrong passwords for one account, from one network address and from all of them. Browsers that have
    # signed in to it before count apart, so that nobody keeps its owner out.
    "login_failed_address": "20/d/key",
    "login_failed_account": "100/h/key",
    "login_failed_known": "10/300s/key",
    "social_login": "60/m/ip",
    "reauthenticate_email": "5/h/user",
    "affiliation": "5/h/user",
    "delete_account": "5/h/user",
    "page_password": "20/m/ip",
}
ACCOUNT_RATE_KEYS = ("ip", "user", "key")
ACCOUNT_APP = "allauth.account"


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
        if request is not None:
            values["pair"] = pair(request, values["mailbox"])
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


def pair(request: HttpRequest, name: str) -> str:
    """Return what counts ``name``, a mailbox or an account, at this network address alone."""
    return f"{name} {get_ip(request)}"


def consume_account_rate(request: HttpRequest, name: str, key: str) -> RateLimitUsage | None:
    """Count one more of a rate in ACCOUNT_RATES; None if that is too many. It can be rolled back."""
    return consume(request, app=ACCOUNT_APP, action=name, key=key)


def clear_account_rate(request: HttpRequest, name: str, key: str) -> None:
    clear(request, app=ACCOUNT_APP, action=name, key=key)


def account_wait(request: HttpRequest, keys: Iterable[str]) -> int:
    """Return in how many seconds allauth lets this request through; it tells nobody what it refused.

    ``keys`` are those the request may have been counted by. If none of them is
    used up, it was one nobody knows here: then the longest period is returned.
    """
    waits = [_wait(request, name, rate, key) for name, rate, key in _counted(request, list(keys))]
    if longest := max(waits, default=0):
        return longest
    periods = [rate.duration for name in ("confirm_email", "login_failed") for rate in _rates(name)]
    return math.ceil(max(periods, default=60))


def _rates(name: str) -> list[Rate]:
    return get_rates(app=ACCOUNT_APP, action=name)


def _counted(request: HttpRequest, keys: list[str]) -> Iterator[tuple[str, Rate, str]]:
    for name in ACCOUNT_RATES:
        for rate in _rates(name):
            if rate.per == "user" and not request.user.is_authenticated:
                continue
            for key in keys if rate.per == "key" else [""]:
                yield name, rate, key


def _wait(request: HttpRequest, name: str, rate: Rate, key: str) -> int:
    """Return until when a rate is used up, in seconds from now."""
    history = cache.get(get_cache_key(request, app=ACCOUNT_APP, action=name, rate=rate, key=key), [])
    if len(history) < rate.amount or not history:
        return 0
    return max(math.ceil(history[-1] + rate.duration - time.time()), 0)
