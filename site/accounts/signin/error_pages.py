"""The pages for a sign-in that the person canceled at the provider, or that failed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETURN_PATH_KEY = "sign_in_back_to"


def store_return_path(request: HttpRequest, return_path: str) -> None:
    """Store the path in the session: a provider may come back without the state that holds it."""
    request.session[RETURN_PATH_KEY] = return_path


def render_error(
    request: HttpRequest, provider: str, *, denied: bool, state: dict[str, Any] | None = None
) -> HttpResponse:
    """Say that signing in did not work, and how to go on.

    200 when the person canceled at the provider, 400 when something failed.
    """
    return_path = (state or {}).get("next") or request.session.get(RETURN_PATH_KEY) or "/"
    template = "socialaccount/login_cancelled.html" if denied else "socialaccount/authentication_error.html"
    status = HTTPStatus.OK if denied else HTTPStatus.BAD_REQUEST
    context = {"provider_name": provider, "return_path": return_path}
    return render(request, template, context, status=status)
