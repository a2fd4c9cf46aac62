"""Telling a provider's nonsense from mistakes of our own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.core.exceptions import ImproperlyConfigured

# What allauth lets through when an answer is well-formed and still makes no
# sense: no id, an id that is no text or too long, a list where a dict should be.
RAISED = (AttributeError, ImproperlyConfigured, KeyError, TypeError, ValueError)
HEARS_THE_PROVIDER = ("get_client", "get_access_token_data", "parse_token", "complete_login")


def sceptical(adapter: OAuth2Adapter) -> OAuth2Adapter:
    """Let ``adapter`` raise ProviderException for every answer that makes no sense."""
    for name in HEARS_THE_PROVIDER:
        setattr(adapter, name, believing_nothing(getattr(adapter, name)))
    return adapter


def believing_nothing(ask: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(ask)
    def asked(*parameters: Any, **named: Any) -> Any:
        try:
            return ask(*parameters, **named)
        except RAISED as error:
            raise ProviderException(type(error).__name__) from error

    return asked
