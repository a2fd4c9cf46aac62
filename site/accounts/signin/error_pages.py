"""When a provider says no, or nothing that makes sense."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LAST_PLACE = "sign_in_back_to"


def remember(request: HttpRequest, back_to: str) -> None:
    """Keep the place in the session: a provider may come back without the state that holds it."""
    request.session[LAST_PLACE] = back_to


def page(
    request: HttpRequest, provider: str, *, denied: bool, state: dict[str, Any] | None = None
) -> HttpResponse:
    """Say that signing in came to nothing, and how to go on; what was written is still there.

    200 when the reader said no, 400 when the journey broke.
    """
    back_to = (state or {}).get("next") or request.session.get(LAST_PLACE) or "/"
    template = "socialaccount/login_cancelled.html" if denied else "socialaccount/authentication_error.html"
    status = HTTPStatus.OK if denied else HTTPStatus.BAD_REQUEST
    return render(request, template, {"provider_name": provider, "back_to": back_to}, status=status)
