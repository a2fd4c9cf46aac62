"""Puzzles for the browsers of guests."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from discussion import proof
from discussion.refusals import Refused, refuse_haste


@never_cache
@require_safe
def challenge(request: HttpRequest) -> HttpResponse:
    """Answer with a fresh puzzle; 404 while none is asked of guests, 429 for too many."""
    if not settings.PROOF_OF_WORK:
        raise Http404
    try:
        refuse_haste(request, "proof")
    except Refused as refused:
        return refused.given_with(JsonResponse({"error": str(refused.sentence)}, status=refused.status))
    return JsonResponse(proof.challenge())
