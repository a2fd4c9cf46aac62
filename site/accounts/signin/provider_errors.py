"""Signing in with a provider that failed: malformed responses, and the pages that say so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, ParamSpec, TypeVar

from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# What allauth lets through for a response that is well-formed and still makes
# no sense: no id, an id that is no text or too long, a list instead of a dict.
MALFORMED_RESPONSE_ERRORS = (AttributeError, ImproperlyConfigured, KeyError, TypeError, ValueError)
RETURN_PATH_KEY = "sign_in_back_to"
GUARDED_METHODS = ("get_client", "get_access_token_data", "parse_token", "complete_login")

Params = ParamSpec("Params")
Result = TypeVar("Result")


def guard_adapter(adapter: OAuth2Adapter) -> OAuth2Adapter:
    """Make ``adapter`` raise ProviderException for every malformed response."""
    for name in GUARDED_METHODS:
        setattr(adapter, name, as_provider_error(getattr(adapter, name)))
    return adapter


def as_provider_error(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """Wrap ``function`` so that MALFORMED_RESPONSE_ERRORS become ProviderException."""

    @wraps(function)
    def guarded(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        try:
            return function(*args, **kwargs)
        except MALFORMED_RESPONSE_ERRORS as error:
            raise ProviderException(type(error).__name__) from error

    return guarded


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
