"""A guest's name and address, kept on their device because they asked for it.

Browsers with scripts keep them in their own storage and never send them here;
this cookie is for those without, and goes to nothing but the forms under
/discussion/, so that every reader of a page gets the same one.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from discussion.text.submission import Submission

COOKIE = "colloquy_guest"
PATH = "/discussion/"
GOOD_FOR = 365 * 24 * 60 * 60  # seconds
KEPT = ("name", "email", "url")


def keep(request: HttpRequest, response: HttpResponse, said: Submission) -> None:
    """Keep the details that came with a comment, or forget them where the box isn't ticked."""
    if said.fields["remember"]:
        details = {name: said.fields[name] for name in KEPT}
        response.set_cookie(
            COOKIE, signing.dumps(details, salt="discussion.guest", compress=True), max_age=GOOD_FOR,
            path=PATH, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
        )  # fmt: skip
    elif COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=PATH)


def details(request: HttpRequest) -> dict[str, str]:
    """Return what this guest asked to be remembered, ready for a form; empty for everybody else.

    Elsewhere than under PATH it isn't looked at, even if somebody sends it: those pages are kept for all.
    """
    if not request.path.startswith(PATH):
        return {}
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt="discussion.guest", max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError):
        return {}
    return {**{name: str(found.get(name, "")) for name in KEPT}, "remember": "on"}


def guard(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let nobody keep an answer in which such details may stand."""
    if COOKIE in request.COOKIES:
        response["Cache-Control"] = "private, no-store"
    return response
