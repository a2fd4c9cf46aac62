"""Signing in and out from the comment form, with what was written kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail.models import Page

from accounts.signin import social
from discussion.posting import drafts
from discussion.posting.forms import CommentForm
from discussion.posting.handler import hear
from discussion.posting.responses import answered_by
from discussion.text.submission import Submission
from discussion.threads.locations import page_path
from discussion.threads.outline import THREADS_PER_PAGE
from discussion.threads.outline_cache import cached_outline
from public_forms.responses import SeeOther, current_member

Deed = Callable[[str], HttpResponse]


@csrf_exempt  # a guest has no token; where the request comes from is checked by hand
@require_POST
def sign_in(request: HttpRequest, provider: str) -> HttpResponse:
    """Keep draft, page and place, and set out for the provider; 404 for one that is not offered."""
    if provider not in {offer.id for offer in social.offered()}:
        raise Http404

    def set_out(back_to: str) -> HttpResponse:
        return social.begin_sign_in(request, provider, back_to=back_to)

    return with_draft(request, set_out)


@csrf_exempt  # checked by hand, so that the form comes back with its text
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and lead back to the form; only the draft goes over into the next one."""

    def leave(back_to: str) -> HttpResponse:
        social.sign_out(request, keep=[drafts.KEY])
        return SeeOther(back_to)

    return with_draft(request, leave)


def with_draft(request: HttpRequest, deed: Deed) -> HttpResponse:
    """Keep what was written, then do ``deed`` with the address of the form it will stand in again."""

    def keep(page: Page, said: Submission) -> HttpResponse:
        back_to = form_address(request, page, said)
        drafts.keep(request, page, said)
        return deed(back_to)

    return hear(request, keep, deed="sign-in")


def form_address(request: HttpRequest, page: Page, said: Submission) -> str:
    """Return the address of the form, on the sheet where the comment will stand."""
    outline = cached_outline(page, reader=current_member(request))
    answered = answered_by(page, CommentForm(page, initial=said.fields))
    spot = outline.locate(answered.pk) if answered else None
    sheet = spot.page_number if spot else len(outline.roots) // THREADS_PER_PAGE + 1
    sheet = min(sheet, outline.page_count)
    return f"{page_path(page, request)}?talk={sheet}#comment-form"
