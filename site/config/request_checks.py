"""What is checked of each request: the length of its body, keys in its address, and fields it lacks."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from home.views import bad_request, not_found
from public_forms.numbers import is_number
from public_forms.rejection import RejectedError
from public_forms.responses import rejection_page

MAX_FORM_BYTES = 256 * 1024  # of a form outside the admin; ten times the longest comment
# By the beginning of the path: where files are uploaded, and where other programs write.
LONGER_BODIES = {"/accounts/me/": 6 * 1024 * 1024, "/mail/": 2 * 1024 * 1024}


class BodyLimitMiddleware:
    """Answer 413 to a body that no form of ours can have, before it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_too_long(request):
            message = _("This is too long for us to read. Go back, shorten it, and send it again.")
            return rejection_page(request, RejectedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message))
        return self.get_response(request)


def is_too_long(request: HttpRequest) -> bool:
    """Say whether the body is longer than its address takes. The admin's own limits apply to the admin."""
    if request.path_info.startswith("/admin/"):
        return False
    limits = (size for start, size in LONGER_BODIES.items() if request.path_info.startswith(start))
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return not is_number(length) or len(length) > 12 or int(length) > next(limits, MAX_FORM_BYTES)


class ImpossibleKeyMiddleware:
    """Answer 404 where an address or its query holds what no row's key can be.

    Wagtail's choosers and lists hand a key to the database as it came: a word
    instead of a number raises ValueError, as does a null character on
    PostgreSQL, and a number longer than SQLite's columns OverflowError.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return not_found(request) if is_about_a_key(exception, request) else None


class MissingFieldMiddleware:
    """Answer 400 where a view needs a field that was not sent: Wagtail's editors look for theirs unasked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return bad_request(request) if isinstance(exception, MultiValueDictKeyError) else None


def is_about_a_key(exception: Exception, request: HttpRequest) -> bool:
    """Say whether ``exception`` comes from a value in the address that no key can have."""
    match = request.resolver_match
    values = [str(value) for value in (match.kwargs.values() if match else ())]
    values += [value for _name, given in request.GET.lists() for value in given]
    if isinstance(exception, OverflowError):
        return "SQLite INTEGER" in str(exception) and any(len(value) > 18 for value in values)
    if isinstance(exception, ValueError):
        text = str(exception)
        if "cannot contain NUL" in text:
            return any("\0" in value for value in values)
        return "expected a number but got" in text and any(repr(value) in text for value in values if value)
    return False
