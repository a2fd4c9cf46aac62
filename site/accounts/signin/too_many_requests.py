"""What allauth refuses for being too much: until when, and how else to go on."""

from __future__ import annotations

import math
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import ngettext

from accounts.signin import failed_logins, provider_errors
from accounts.signin.allauth_internals import EmailVerificationProcess, get_pending_stage
from pagecache.headers import has_session
from public_forms import rate_limits
from public_forms.responses import current_member

# Of errors in forms; all else that is too much becomes the page below.
ERROR_CODES = {"too_many_login_attempts", "rate_limited"}


def too_many_requests(request: HttpRequest, *, wait: int = 0, reason: str = "") -> HttpResponse:
    """Answer 429 with Retry-After, and show how to go on; allauth calls it as the URLs' handler429."""
    wait = wait or seconds_to_wait(request)
    context = {
        "wait": format_wait(wait),
        "reason": reason,
        "is_account_page": request.path.startswith("/accounts/"),
        "has_code": False,
    }
    if has_session(request):
        return_path = request.session.get(provider_errors.RETURN_PATH_KEY, "/")
        context["query"] = urlencode({REDIRECT_FIELD_NAME: return_path})
        context["has_code"] = EmailVerificationProcess.resume(request) is not None
    response = render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(wait)
    return response


class TooManyRequestsMiddleware:
    """Give a form of allauth that says “too many attempts” the status and header that say so to programs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        errors = form.errors.as_data() if isinstance(form, BaseForm) and form.is_bound else {}
        if any(error.code in ERROR_CODES for field in errors.values() for error in field):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response["Retry-After"] = str(seconds_to_wait(request))
        return response


def seconds_to_wait(request: HttpRequest) -> int:
    keys = {value.lower() for name in ("login", "email") if (value := request.POST.get(name))}
    if request.user.is_authenticated:
        keys.add(request.user.email.lower())
    for email in list(keys):
        keys |= {key for _name, key in failed_logins.counted(request, email)}
    if user := current_member(request) or half_signed_in(request):
        keys.add(f"mfa-auth-user-{user.pk}")
    return rate_limits.account_wait(request, keys)


def half_signed_in(request: HttpRequest) -> AbstractBaseUser | None:
    """Return who has given the password and is asked for a code."""
    stage = get_pending_stage(request) if has_session(request) else None
    return stage.login.user if stage else None


def format_wait(seconds: int) -> str:
    """Return a time as people say it, rounded up: 61 seconds are 2 minutes."""
    if seconds <= 60:
        return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
    minutes = math.ceil(seconds / 60)
    if minutes <= 60:
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
