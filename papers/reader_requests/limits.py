"""How often somebody may ask for a paper in another form."""

from __future__ import annotations

from http import HTTPStatus

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from public_forms.checks import Refused

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60

# Whole school offices share one address, so what is counted by it is generous.
LIMITS = {"attempt": (30, MINUTE, "ip"), "request": (20, HOUR, "ip"), "letter": (5, DAY, "key")}

TOO_MUCH = _("That was a lot in a short time. Please wait a little and send it again.")
TOO_MANY_LETTERS = _("We have sent enough letters to this address for today. Please come back tomorrow.")


def refuse_haste(request: HttpRequest, deed: str, *, by: str = "") -> None:
    """Count one more ``deed``; refuse it where there has been too much of it."""
    if not settings.LIMITS:
        return
    amount, seconds, per = LIMITS[deed]
    rate = {deed: f"{amount}/{seconds}s/{per}"}
    if not consume(request, app="papers", action=deed, config=rate, key=by, limit_get=True):
        sentence = TOO_MANY_LETTERS if deed == "letter" else TOO_MUCH
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, sentence, retry_after=seconds)
