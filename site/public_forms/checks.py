"""Saying no, clearly, without losing what somebody wrote."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from public_forms.rate_limits import too_much

FOREIGN = _("This did not come from our own form, so it was not taken. Open the page and post it from there.")
NO_PAGE = _("There is no discussion here that you can take part in. The page may have been withdrawn.")
CLOSED = _("This discussion is closed. It can be read, but takes no more comments.")
STALE = _(
    "You have signed in or out since you opened this form. "
    "It is fresh again now; look it over and post it once more."
)
TOO_MUCH = _("That was a lot in a short time. Please wait a little and post it again.")
TOO_MANY_LETTERS = _(
    "We have sent enough letters to this address for today. Sign in with an account, or come back tomorrow."
)
TOO_MANY_HERE = _(
    "Very many comments are coming in here at this moment. Please wait a little and post yours again."
)
CHARSET = _("This was sent in a way we cannot read. Please send it as UTF-8, as every browser does.")
NOT_TAKEN = _("This comment cannot be taken.")


class Refused(Exception):
    """A sentence for the reader, and its status."""

    def __init__(self, status: HTTPStatus, sentence: str | Promise, *, retry_after: int = 0) -> None:
        super().__init__(str(sentence))
        self.status, self.sentence, self.retry_after = status, sentence, retry_after

    def given_with(self, response: HttpResponse) -> HttpResponse:
        """Return ``response``, which shows the sentence, with when to come again where that helps."""
        if self.retry_after:
            response["Retry-After"] = str(self.retry_after)
        return response


def refuse_other_charsets(request: HttpRequest) -> None:
    """Refuse what isn't UTF-8 before anything tries to read it; some codecs fail in ways of their own."""
    if request.content_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, CHARSET)


def refuse_foreign(request: HttpRequest) -> None:
    """Refuse what a browser says comes from another site. Absent headers are no reason to."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Refused(HTTPStatus.FORBIDDEN, FOREIGN)
    origin = request.headers.get("Origin")
    ours = {settings.BASE_URL, f"{request.scheme}://{request.get_host()}"}
    if origin is not None and origin.rstrip("/") not in ours:
        raise Refused(HTTPStatus.FORBIDDEN, FOREIGN)


def refuse_closed(page: Page) -> None:
    if not page.takes_comments:
        raise Refused(HTTPStatus.FORBIDDEN, CLOSED)


def refuse_without_token(request: HttpRequest) -> None:
    """Hold a member's post against their session; a guest's carries no authority that could be abused."""
    if not request.user.is_authenticated:
        return
    check = CsrfViewMiddleware(lambda request: HttpResponse())
    check.process_request(request)
    if check.process_view(request, refuse_without_token, (), {}) is not None:
        raise Refused(HTTPStatus.FORBIDDEN, STALE)


def refuse_haste(
    request: HttpRequest, deed: str, *, sentence: str | Promise = TOO_MUCH, **counted: str
) -> None:
    """Count one more ``deed``, and refuse it when there has been too much; ``counted`` is as in limits."""
    if found := too_much(request, deed, **counted):
        told = {"mailbox": TOO_MANY_LETTERS, "page": TOO_MANY_HERE}.get(found.per, sentence)
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, told, retry_after=found.seconds)
