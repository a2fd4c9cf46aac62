"""The comment form on its page: what its templates take, and how it comes back."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Page

from accounts.affiliation.badges import AuthorBadge
from accounts.profile.avatars import initials
from accounts.signin import social
from discussion.models import Comment, State
from discussion.posting import drafts, guest_cookie, proof_of_work
from discussion.posting.forms import CommentForm, page_from_submission
from discussion.text import markdown
from discussion.text.anchors import Anchor
from discussion.text.submission import Submission
from discussion.threads.locations import location_query, page_path
from pagecache.headers import has_session
from public_forms.numbers import parse_number
from public_forms.rejection import RejectedError, UntrustedRequestError
from public_forms.responses import SeeOther, current_member, rejection_page


def accepted_response(request: HttpRequest, form: CommentForm, comment: Comment) -> HttpResponse:
    """Lead the author to the comment; forget its draft, and remember a guest who asked for it."""
    drafts.delete(request, form.page)
    response = SeeOther(redirect_url_for(request, comment))
    if comment.user is None and form.submission is not None:
        return guest_cookie.remember(request, response, form.submission)
    return response


def redirect_url_for(request: HttpRequest, comment: Comment, *, confirms: str = "posted") -> str:
    """Return where the author of ``comment`` is led once it is saved; ``confirms`` as for location_query."""
    if comment.state == State.UNCONFIRMED:
        return reverse("comment_sent")
    if not comment.is_shown:
        return reverse("comment_waiting")
    return page_path(comment.page, request) + location_query(comment, confirms=confirms)


def new_form(
    request: HttpRequest,
    page: Page,
    *,
    reply_to: Comment | None = None,
    anchor: Anchor | None = None,
    inline: bool = False,
    badge: AuthorBadge | None = None,
) -> CommentForm:
    """Return an empty form, or one with this reader's draft; ``inline`` gives it ids of its own.

    ``badge`` is the reader's, where it is known already.
    """
    draft = drafts.load(request, page) if has_session(request) else None
    initial: dict[str, Any] = guest_cookie.remembered_fields(request)
    initial |= {name: value for name, value in draft.items() if value} if draft else {}
    if reply_to is not None:
        initial["reply_to"] = reply_to.pk
    if anchor is not None:
        initial |= anchor.fields
    auto_id = f"id_{reply_to.pk}_%s" if inline and reply_to else "id_%s"
    return CommentForm(page, author=current_member(request), badge=badge, initial=initial, auto_id=auto_id)


def parent_of(form: CommentForm) -> Comment | None:
    """Return the comment a form replies to, if it can be seen on the form's page."""
    pk = parse_number(str(form["reply_to"].value() or ""))
    if not pk:
        return None
    return Comment.objects.with_authors().published().filter(page_id=form.page.pk, pk=pk).first()


def form_context(request: HttpRequest, form: CommentForm, *, reply_to: Comment | None) -> dict[str, Any]:
    """Return all that discussion/form.html takes."""
    author, page = form.author, form.page
    return {
        "page": page,
        "page_url": page_path(page, request),
        "form": form,
        "form_id": "comment-form",
        "security_fields": form.generate_security_data(),
        "reply_to": reply_to,
        "passage": page.describe_anchors({0: form.anchor}).get(0) if form.anchor else None,
        "author": author,
        "author_initials": initials(author.get_full_name()) if author else "",
        "provider": social.signed_in_with(request) if author else None,
        "provider_buttons": [] if author else social.provider_buttons(),
        "has_session": has_session(request),
        "proof_max_age": proof_of_work.MAX_AGE if settings.PROOF_OF_WORK and not author else 0,
    }


def form_page(
    request: HttpRequest, form: CommentForm, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    """Show the form on a page of its own; ``message`` says why it was rejected, ``preview`` is HTML."""
    context = form_context(request, form, reply_to=parent_of(form)) | more
    return guest_cookie.keep_private(
        request, render(request, "discussion/write.html", context, status=status)
    )


def preview_page(request: HttpRequest, form: CommentForm) -> HttpResponse:
    """Show how the comment would look, and the form to go on writing it."""
    form.is_valid()
    errors = form.errors.get("comment")
    preview = "" if errors else markdown.render(form.cleaned_data["comment"])
    unbound = CommentForm(form.page, author=form.author, initial=form.data)
    return form_page(request, unbound, preview=preview, message=errors[0] if errors else "")


def rejected_form(
    request: HttpRequest, rejection: RejectedError, *view_args: Any, **view_kwargs: Any
) -> HttpResponse:
    """Say why not, with the form and everything typed; only the text where the form can't be used."""
    submission = Submission.from_post(request.POST)
    if not isinstance(rejection, UntrustedRequestError):
        with suppress(RejectedError):
            page = page_from_submission(request, submission)
            form = CommentForm(page, author=current_member(request), initial=submission.fields)
            return form_page(request, form, message=rejection.message)
    return rejection_page(request, rejection, text=submission.comment)
