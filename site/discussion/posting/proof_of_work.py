"""Proof of work by ALTCHA: a guest's browser computes for a moment, which costs a crowd of machines dearly.

It replaces nothing: the letter, the link in it and the house's rules are as
they always are. Without a proof, as from browsers without scripts, a comment is
taken too, but only few of them in a while ("unproven" in public_forms.rate_limits).
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
from public_forms.rejection import Rejected

GOOD_FOR = 20 * 60  # seconds
COST = 5_000  # rounds a try; a browser needs 256 tries on average, half a second to a few
LONGEST = 2_000  # characters of a solution
TOO_OLD = _("The proof of work that your browser sent has grown too old. Please post your comment once more.")
USED = _("The proof of work that your browser sent was used before. Please post your comment once more.")
WRONG = _("The proof of work that your browser sent is not right. Please post your comment once more.")
WITHOUT = _(
    "Many comments without an account are coming in at this moment. "
    "Sign in, turn on JavaScript, or post yours again in an hour."
)


def secret() -> bytes:
    return salted_hmac("discussion.proof", "", algorithm="sha256").digest()


def challenge() -> dict[str, object]:
    """Return a fresh puzzle, signed, as browsers are sent it."""
    until = int(time.time()) + GOOD_FOR
    return create_challenge("PBKDF2/SHA-256", COST, expires_at=until, hmac_secret=secret()).to_dict()


def refuse_unproven(request: HttpRequest, sent: str) -> None:
    """Refuse a solution that won't do, and too many comments without any; nothing while this is off."""
    if not settings.PROOF_OF_WORK:
        return
    if not sent:
        check_rate_limit(request, "unproven", sentence=WITHOUT)
        return
    result = verify_solution(sent, secret()) if len(sent) <= LONGEST else None
    if result is None or not result.verified:
        is_old = result is not None and result.expired
        raise Rejected(HTTPStatus.UNPROCESSABLE_ENTITY, TOO_OLD if is_old else WRONG)
    signature = Payload.from_base64(sent).challenge.signature
    if not cache.add(f"discussion.proof.{signature}", 1, timeout=GOOD_FOR + 60):
        raise Rejected(HTTPStatus.UNPROCESSABLE_ENTITY, USED)


@never_cache
@require_safe
def challenge_view(request: HttpRequest) -> HttpResponse:
    """Answer with a fresh puzzle; 404 while none is asked of guests, 429 for too many."""
    if not settings.PROOF_OF_WORK:
        raise Http404
    try:
        check_rate_limit(request, "proof")
    except Rejected as refused:
        return refused.apply_to(JsonResponse({"error": str(refused.message)}, status=refused.status))
    return JsonResponse(challenge())
