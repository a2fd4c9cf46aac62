"""What every form that anybody may send checks before anything is done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from public_forms import rate_limits
from public_forms.charsets import is_utf8
from public_forms.rejection import RejectedError, UntrustedRequestError
from public_forms.responses import private, rejection_page

View = Callable[..., HttpResponseBase]
NOT_SAME_ORIGIN = _(
    "This was sent from another website, so we did not accept it. "
    "Open the page on this site and send it again."
)
SESSION_CHANGED = _("You signed in or out after you opened this form. Please check it and send it again.")
RATE_LIMITED = _("Too many requests in a short time. Please wait a little and try again.")
MAILBOX_LIMITED = _("We have already sent several e-mails to this address today. Please try again tomorrow.")
PAGE_LIMITED = _("This discussion is very busy right now. Please wait a little and post your comment again.")
NOT_UTF8 = _("We could not read this form. Please send it encoded as UTF-8.")


def public_form(
    *, rate: str = "", by_link: bool = False, on_rejection: View = rejection_page
) -> Callable[[View], View]:
    """Check each POST to a view that anybody may send, and answer what is rejected.

    The checks run in this order, before the view: the charset (415), the
    origin (403), the rate limit named ``rate`` if there is one (429), and for
    members the session's CSRF token (403). The view may raise RejectedError for
    more. All of these are answered by ``on_rejection(request, rejection,
    *view_args, **view_kwargs)``, which shows ``rejection.message`` and what was
    typed; status and Retry-After are set on whatever it returns.

    ``by_link`` is for addresses that hold a signed link: the link itself is
    the authority, so no session is asked for a token, and every response is
    private. The view's attribute ``rate`` tells which limit it has.
    """

    def decorate(view: View) -> View:
        @csrf_exempt  # checked here, so that a form comes back with its text; a guest has no token at all
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                if request.method == "POST":
                    check_charset(request)
                    check_same_origin(request)
                    if rate:
                        check_rate_limit(request, rate)
                    if not by_link:
                        check_csrf(request)
                response = view(request, *args, **kwargs)
            except RejectedError as rejection:
                response = rejection.apply_to(on_rejection(request, rejection, *args, **kwargs))
            return private(response) if by_link else response

        checked.rate = rate  # type: ignore[attr-defined]
        return checked

    return decorate


def rate_limited(rate: str) -> Callable[[View], View]:
    """Count every request to a view that costs much; answer 429 with Retry-After after too many."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                check_rate_limit(request, rate)
            except RejectedError as rejection:
                return rejection_page(request, rejection)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def check_charset(request: HttpRequest) -> None:
    """Reject what isn't UTF-8 before anything tries to read it; some codecs fail in ways of their own."""
    if not is_utf8(request.headers.get("Content-Type", "")):
        # Whoever shows the rejection must be able to look for fields, and find none.
        request.POST = QueryDict()
        raise UntrustedRequestError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, NOT_UTF8)


def check_same_origin(request: HttpRequest) -> None:
    """Reject what a browser says comes from another site. Absent headers are no reason to."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise UntrustedRequestError(HTTPStatus.FORBIDDEN, NOT_SAME_ORIGIN)
    origin = request.headers.get("Origin")
    if origin is not None and origin.rstrip("/") not in own_origins(request):
        raise UntrustedRequestError(HTTPStatus.FORBIDDEN, NOT_SAME_ORIGIN)


def own_origins(request: HttpRequest) -> set[str]:
    return {settings.BASE_URL, f"{request.scheme}://{request.get_host()}"}


def states_same_origin(request: HttpRequest) -> bool:
    """Say whether the browser states that this comes from our own page. Old ones state nothing.

    For what is stored, or shown with a new CSRF token: absent headers are no evidence.
    """
    try:
        check_same_origin(request)
    except UntrustedRequestError:
        return False
    referrer = request.headers.get("Referer", "")
    return (
        request.headers.get("Sec-Fetch-Site") == "same-origin"
        or "Origin" in request.headers
        or any(referrer.startswith(f"{origin}/") for origin in own_origins(request))
    )


def check_csrf(request: HttpRequest) -> None:
    """Check a member's POST against their session; a guest's carries no authority that could be abused."""
    if not request.user.is_authenticated:
        return
    middleware = CsrfViewMiddleware(_empty_view)
    middleware.process_request(request)
    if middleware.process_view(request, _empty_view, (), {}) is not None:
        raise RejectedError(HTTPStatus.FORBIDDEN, SESSION_CHANGED)


def _empty_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def check_rate_limit(
    request: HttpRequest, name: str, *, message: str | Promise = RATE_LIMITED, **counted: str
) -> None:
    """Count one more of ``name``, and reject it when there were too many.

    ``counted`` is as for ``rate_limits.hit``: ``mailbox="ada@example.org"``, ``page="12"``.
    """
    if limited := rate_limits.hit(request, name, **counted):
        by_key = {"mailbox": MAILBOX_LIMITED, "page": PAGE_LIMITED}
        text = by_key.get(limited.per, message)
        raise RejectedError(HTTPStatus.TOO_MANY_REQUESTS, text, retry_after=limited.seconds)
