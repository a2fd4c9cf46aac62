"""Telling a provider's malformed responses from mistakes of our own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.core.exceptions import ImproperlyConfigured

# What allauth lets through for a response that is well-formed and still makes
# no sense: no id, an id that is no text or too long, a list instead of a dict.
MALFORMED_RESPONSE_ERRORS = (AttributeError, ImproperlyConfigured, KeyError, TypeError, ValueError)
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
