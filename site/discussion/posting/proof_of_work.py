"""Proof of work by ALTCHA: a guest's browser computes for a moment, which costs a crowd of machines dearly.

It replaces nothing: the e-mail, the link in it and the discussion's settings
are as they always are. Without a proof, as from browsers without scripts, a
comment is accepted too, but only a few of them in a while ("unproven" in
public_forms.rate_limits).
"""

from __future__ import annotations

import time
from http import HTTPStatus

from altcha import Payload, create_challenge, verify_solution
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from public_forms.checks import check_rate_limit
from public_forms.rejection import RejectedError

MAX_AGE = 20 * 60  # seconds
COST = 5_000  # rounds a try; a browser needs 256 tries on average, half a second to a few
MAX_SOLUTION_LENGTH = 2_000  # characters
EXPIRED = _("The security check in your browser has expired. Please post your comment again.")
ALREADY_USED = _("The security check in your browser was already used. Please post your comment again.")
INVALID = _("The security check in your browser failed. Please post your comment again.")
UNPROVEN = _(
    "We are getting many comments from people without an account right now. "
    "Please sign in, turn on JavaScript, or try again in an hour."
)


def hmac_secret() -> bytes:
    return salted_hmac("discussion.proof", "", algorithm="sha256").digest()


def new_challenge() -> dict[str, object]:
    """Return a fresh challenge, signed, in the form in which browsers are sent it."""
    expires_at = int(time.time()) + MAX_AGE
    return create_challenge(
        "PBKDF2/SHA-256", COST, expires_at=expires_at, hmac_secret=hmac_secret()
    ).to_dict()


def check(request: HttpRequest, solution: str) -> None:
    """Reject a wrong, old or used solution, and too many comments without any; nothing while this is off."""
    if not settings.PROOF_OF_WORK:
        return
    if not solution:
        check_rate_limit(request, "unproven", message=UNPROVEN)
        return
    is_short = len(solution) <= MAX_SOLUTION_LENGTH
    result = verify_solution(solution, hmac_secret()) if is_short else None
    if result is None or not result.verified:
        is_old = result is not None and result.expired
        raise RejectedError(HTTPStatus.UNPROCESSABLE_ENTITY, EXPIRED if is_old else INVALID)
    signature = Payload.from_base64(solution).challenge.signature
    if not cache.add(f"discussion.proof.{signature}", 1, timeout=MAX_AGE + 60):
        raise RejectedError(HTTPStatus.UNPROCESSABLE_ENTITY, ALREADY_USED)


@never_cache
@require_safe
def challenge(request: HttpRequest) -> HttpResponse:
    """Return a fresh challenge; 404 while none is asked of guests, 429 for too many."""
    if not settings.PROOF_OF_WORK:
        raise Http404
    try:
        check_rate_limit(request, "proof")
    except RejectedError as rejection:
        return rejection.apply_to(JsonResponse({"error": str(rejection.message)}))
    return JsonResponse(new_challenge())
