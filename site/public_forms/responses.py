"""The responses that public forms have in common."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from public_forms.rejection import RejectedError, Response

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


class SeeOther(HttpResponseRedirect):
    """Lead on by GET from a POST that was accepted."""

    status_code = HTTPStatus.SEE_OTHER


def current_member(request: HttpRequest) -> _User | None:
    """Return whose session this is; None for somebody who is not signed in."""
    return request.user if request.user.is_authenticated else None


def private(response: Response) -> Response:
    """Keep a page's address to its reader: no cache holds it, and no other site is told of it."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


def rejection_page(
    request: HttpRequest, rejection: RejectedError, *view_args: Any, text: str = "", **view_kwargs: Any
) -> HttpResponse:
    """Say why not, where there is no form to show again; ``text`` is given back to be copied."""
    context = {"exception": rejection.message, "text": text}
    return rejection.apply_to(render(request, "public_forms/rejected.html", context))
