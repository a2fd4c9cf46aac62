"""How much one reader may do in a while, so that nobody drowns a talk or somebody's mailbox."""

from __future__ import annotations

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60

# Deed: how often in how many seconds, and by what it is counted. Whole school
# offices share one address, so those counts are generous.
LIMITS: dict[str, list[tuple[int, int, str]]] = {
    "attempt": [(120, MINUTE, "ip")],
    "comment": [(30, MINUTE, "ip"), (200, HOUR, "ip")],
    "letter": [(5, DAY, "key")],
    "useful": [(60, MINUTE, "user")],
    "report": [(20, HOUR, "ip")],
    "sign-in": [(30, MINUTE, "ip")],
}


def seconds_to_wait(request: HttpRequest, deed: str, *, by: str = "") -> int:
    """Count one more ``deed``; return 0, or for how long there has been too much of it.

    ``by`` is what deeds counted by "key" are counted by.
    """
    if not settings.LIMITS:
        return 0
    for amount, seconds, per in LIMITS[deed]:
        rate = {deed: f"{amount}/{seconds}s/{per}"}
        if not consume(request, app="discussion", action=deed, config=rate, key=by, limit_get=True):
            return seconds
    return 0
