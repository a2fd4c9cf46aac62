"""A form that was sent after its session had ended: kept until its writer has signed in again.

What was typed goes into the session that begins then, never a password or a code; files cannot be kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_safe

from pagecache.headers import has_session
from public_forms.checks import check_rate_limit, states_same_origin
from public_forms.rejection import RejectedError
from public_forms.responses import private

KEY = "interrupted_form"
MAX_LENGTH = 256 * 1024  # characters of all fields together
SECRET = re.compile(r"password|code|credential|csrf|secret", re.IGNORECASE)
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
Fields = list[tuple[str, str]]


class SessionEndedMiddleware:
    """Answer a form that would be sent on to the sign-in page, and so be lost, with a page that keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method != "POST":
            return response
        if is_sent_to_sign_in(request, response):
            return session_ended(request)
        if response.status_code < HTTPStatus.BAD_REQUEST and has_session(request):
            forget(request)
        return response


def is_sent_to_sign_in(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether the view only answered that one has to sign in and come back to the same address."""
    if response.status_code != HTTPStatus.FOUND or request.user.is_authenticated or not is_form(request):
        return False
    target = urlsplit(response["Location"])
    way_back = parse_qs(target.query).get(REDIRECT_FIELD_NAME, [])
    return target.path == reverse("account_login") and way_back == [request.get_full_path()]


def is_form(request: HttpRequest) -> bool:
    is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return request.content_type in FORM_TYPES and not is_script


def session_ended(request: HttpRequest) -> HttpResponse:
    """Say that the session has ended, show what was typed, and lead to signing in and back: 403."""
    way_back = keep(request)
    context = {
        "is_kept": bool(way_back),
        "has_files": bool(request.FILES),
        "text": readable(typed(request)),
        "sign_in_url": f"{reverse('account_login')}?"
        + urlencode({REDIRECT_FIELD_NAME: way_back or request.get_full_path()}),
    }
    return private(render(request, "account/session_ended.html", context, status=HTTPStatus.FORBIDDEN))


def keep(request: HttpRequest) -> str:
    """Put the form into the session and return the address that shows it again.

    Return nothing where it does not surely come from this site, is too long, or too many come. Only
    the page with the text knows the address: the next person at the same browser, who signs in
    without it, is shown nothing of the form.
    """
    form = as_kept(request)
    if sum(len(name) + len(value) for name, value in form["fields"]) > MAX_LENGTH:
        return ""
    if not states_same_origin(request):
        return ""
    try:
        check_rate_limit(request, "kept-form")
    except RejectedError:
        return ""
    name = get_random_string(22)
    request.session[KEY] = {**form, "name": name}
    return f"{reverse('account_resume')}?{urlencode({'form': name})}"


def as_kept(request: HttpRequest) -> dict[str, Any]:
    return {"path": request.get_full_path(), "fields": typed(request), "has_files": bool(request.FILES)}


def typed(request: HttpRequest) -> Fields:
    return [
        (name, value) for name, values in request.POST.lists() for value in values if not SECRET.search(name)
    ]


def readable(fields: Fields) -> str:
    """Return what was written in words, for its writer to recognize and copy."""
    texts = [rich_text(value) for _name, value in fields]
    return "\n\n".join(text for text in texts if " " in text.strip())


def rich_text(value: str) -> str:
    """Return the text of a field of the admin's editor, Draft.js's "raw content"; nothing of other JSON.

    What is no JSON object is returned as it is.
    """
    if not value.startswith("{"):
        return value
    try:
        return "\n".join(str(block["text"]) for block in json.loads(value)["blocks"])
    except (ValueError, RecursionError):
        return value
    except (KeyError, TypeError):
        return ""


def forget(request: HttpRequest) -> None:
    """Drop the form that has now been sent again."""
    if request.session.get(KEY, {}).get("path") == request.get_full_path():
        del request.session[KEY]


@login_required
@require_safe
def resume(request: HttpRequest) -> HttpResponse:
    """Show the kept form, to be sent again; to the account page where there is none of this name."""
    form = request.session.get(KEY)
    if not form or form.get("name") != request.GET.get("form"):
        return redirect("account_profile")
    return resume_page(request, form)


def resume_page(request: HttpRequest, form: dict[str, Any], *, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {**form, "text": readable(form["fields"])}
    return private(render(request, "account/resume.html", context, status=status))


def stale_form(request: HttpRequest) -> HttpResponse | None:
    """Return the page to send a form again that was opened before signing in anew; None where it can't be.

    One press of its button sends the form with a valid token: never one that another site may have made.
    """
    if request.user.is_authenticated and is_form(request) and states_same_origin(request):
        return resume_page(request, as_kept(request), status=HTTPStatus.FORBIDDEN)
    return None
