"""How much may come in a while, so that nobody drowns a talk or somebody's mailbox."""

from __future__ import annotations

from typing import NamedTuple

from allauth.core.internal.ratelimit import Rate, consume, parse_rates
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

# How often each deed may be done, and what it is counted by. Whole school
# offices share one network address, so what is counted by that is generous.
USUAL = {
    "attempt": "120/m/ip",
    "comment": "30/m/ip,200/h/ip,10/m/user,60/h/user,60/m/page,600/h/page",
    "unproven": "5/h/ip,60/h/site",
    "proof": "60/m/ip",
    "letter": "5/d/mailbox,60/h/ip",
    "useful": "60/m/user",
    "report": "20/h/ip,20/h/user",
    "sign-in": "30/m/ip",
}
WORDS = ("ip", "user", "page", "mailbox", "site")


class TooMuch(NamedTuple):
    """For how many seconds to wait, and by which of WORDS it was counted."""

    seconds: int
    per: str


def refuse_misspelled(given: dict[str, str]) -> None:
    """Raises ImproperlyConfigured for limits of deeds that nobody does, or that can't be counted."""
    for deed, rates in given.items():
        if deed not in USUAL:
            raise ImproperlyConfigured(f"FLOOD_LIMITS names {deed!r}; use {', '.join(USUAL)}.")
        try:
            right = all(rate.per in WORDS for rate in parse_rates(rates))
        except ValueError:
            right = False
        if not right:
            raise ImproperlyConfigured(
                f"FLOOD_LIMITS says {deed}={rates!r}; write it like 30/m/ip,200/h/ip, "
                f"with s, m, h or d and one of {', '.join(WORDS)}."
            )


def too_much(request: HttpRequest, deed: str, **counted: str) -> TooMuch | None:
    """Count one more ``deed``; say when there has been too much of it.

    ``counted`` tells page and mailbox; without it, and for readers without an
    account, what is counted by those is not.
    """
    if not settings.LIMITS:
        return None
    known = {"ip": "", "site": "", **counted}
    if request.user.is_authenticated:
        known["user"] = ""
    for rate in parse_rates((USUAL | settings.FLOOD_LIMITS)[deed]):
        if rate.per in known and not within(request, deed, rate, known[rate.per]):
            return TooMuch(int(rate.duration), rate.per)
    return None


def within(request: HttpRequest, deed: str, rate: Rate, counted: str) -> bool:
    per = rate.per if rate.per in ("ip", "user") else "key"
    config = {deed: f"{rate.amount}/{rate.duration}s/{per}"}
    key = f"{rate.per} {counted}"
    return bool(consume(request, app="discussion", action=deed, config=config, key=key, limit_get=True))
