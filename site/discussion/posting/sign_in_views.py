"""Signing in and out from the comment form, with the draft kept."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from accounts.signin import social
from discussion.posting import drafts
from discussion.posting.forms import CommentForm, page_from_submission
from discussion.posting.responses import form_page, parent_of, rejected_form
from discussion.text.submission import Submission
from discussion.threads.locations import page_path
from discussion.threads.outline import THREADS_PER_PAGE
from discussion.threads.outline_cache import cached_outline
from public_forms.checks import public_form
from public_forms.responses import SeeOther, current_member

SESSION_ENDED = _(
    "You’ve been signed out, so your comment was not posted. Your text is kept: "
    "sign in and post it, or fill in your details and post it as a guest."
)


@require_POST
@public_form(rate="sign-in", on_rejection=rejected_form)
def sign_in(request: HttpRequest, provider: str) -> HttpResponse:
    """Save the draft and redirect to the provider; 404 for one that is not offered."""
    if provider not in {button.id for button in social.provider_buttons()}:
        raise Http404
    return social.start_login(request, provider, return_path=save_draft(request))


@require_POST
@public_form(rate="sign-in", on_rejection=rejected_form)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and return to the form; only the draft goes over into the next session."""
    form_url = save_draft(request)
    social.sign_out(request, preserve=[drafts.KEY])
    return SeeOther(form_url)


def session_ended(request: HttpRequest) -> HttpResponse:
    """Show the form, with the text, to somebody whose session has ended: they sign in, or post as a guest."""
    query = urlencode({REDIRECT_FIELD_NAME: save_draft(request)})
    submission = Submission.from_post(request.POST)
    form = CommentForm(page_from_submission(request, submission), initial=submission.fields)
    sign_in_url = f"{reverse('account_login')}?{query}"
    return form_page(
        request, form, status=HTTPStatus.FORBIDDEN, message=SESSION_ENDED, sign_in_url=sign_in_url
    )


def save_draft(request: HttpRequest) -> str:
    """Save what was written in the session, and return the address of the form that will show it again."""
    submission = Submission.from_post(request.POST)
    page = page_from_submission(request, submission)
    form_url = form_url_for(request, page, submission)
    drafts.save(request, page, submission)
    return form_url


def form_url_for(request: HttpRequest, page: Page, submission: Submission) -> str:
    """Return the address of the form, on the page of the discussion where the comment will stand."""
    outline = cached_outline(page, reader=current_member(request))
    parent = parent_of(CommentForm(page, initial=submission.fields))
    location = outline.locate(parent.pk) if parent else None
    number = location.page_number if location else len(outline.roots) // THREADS_PER_PAGE + 1
    return f"{page_path(page, request)}?talk={min(number, outline.page_count)}#comment-form"
