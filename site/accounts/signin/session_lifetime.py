"""How long one sign-in lasts, however often it is used."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from pagecache.headers import has_session

MAX_AGE = timedelta(days=90)


class SessionLifetimeMiddleware:
    """End a session MAX_AGE after the sign-in that began it; using it only puts off the idle limit.

    What was sent with that request is still rendered by its view, for somebody
    who is not signed in: no text is lost.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if has_session(request) and request.user.is_authenticated and is_over(request):
            logout(request)
            messages.info(request, _("You’ve been signed out because you signed in a long time ago."))
        return self.get_response(request)


def is_over(request: HttpRequest) -> bool:
    """Say whether the session's first authentication was longer than MAX_AGE ago."""
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if "at" in record]
    return bool(times) and min(times) < time.time() - MAX_AGE.total_seconds()
