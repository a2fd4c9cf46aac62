"""A guest's name and address, remembered on their device because they asked for it.

Browsers with scripts keep them in their own storage and never send them here;
this cookie is for those without, and goes to nothing but the forms under
/discussion/, so that every reader of a page gets the same one.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from discussion.text.submission import Submission
from public_forms import signed_links

COOKIE = "colloquy_guest"
PATH = "/discussion/"
SALT = "discussion.guest"
MAX_AGE = timedelta(days=365)
FIELDS = ("name", "email", "url")


def remember(request: HttpRequest, response: HttpResponse, submission: Submission) -> HttpResponse:
    """Store the details that came with a comment, or delete them where the box isn't ticked."""
    if submission.fields["remember"]:
        details = {name: submission.fields[name] for name in FIELDS}
        response.set_cookie(
            COOKIE, signed_links.sign(details, salt=SALT, compress=True), max_age=MAX_AGE,
            path=PATH, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
        )  # fmt: skip
    elif COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=PATH)
    return response


def remembered_fields(request: HttpRequest) -> dict[str, str]:
    """Return what this guest asked to be remembered, as initial values of a form; empty for all others.

    Elsewhere than under PATH the cookie is ignored, even if it is sent: those pages are the same for all.
    """
    if not request.path.startswith(PATH):
        return {}
    try:
        details = signed_links.load(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
    except signed_links.LinkExpiredError:
        return {}
    if not isinstance(details, dict):
        return {}
    return {**{name: str(details.get(name, "")) for name in FIELDS}, "remember": "on"}


def keep_private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let no cache store a response in which such details may stand."""
    if COOKIE in request.COOKIES:
        response["Cache-Control"] = "private, no-store"
    return response
