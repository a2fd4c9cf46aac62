"""Editing, adding to and deleting one's own comment: members by their session, guests by their link."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe
from django_comments.signals import comment_will_be_posted

from accounts.signin.interrupted import session_ended
from discussion.editing.forms import EditForm
from discussion.editing.targets import GONE, EditableTarget, guest_target, member_target
from discussion.models import Comment, Subscription
from discussion.models.comment_state import TransitionError
from discussion.moderation.emails import notify_moderators
from discussion.posting.forms import DUPLICATE
from discussion.posting.responses import redirect_url_for
from discussion.posting.screening import check_signal_responses
from discussion.text import markdown
from discussion.text.submission import Submission
from discussion.threads.locations import page_path
from public_forms.checks import public_form
from public_forms.rejection import RejectedError, UntrustedRequestError
from public_forms.responses import SeeOther, current_member, rejection_page

METHODS = ["GET", "HEAD", "POST"]


def rejected_edit(
    request: HttpRequest, rejection: RejectedError, pk: int = 0, token: str = ""
) -> HttpResponse:
    """Say why not, with the form and the text; only the text where the comment can't be edited (any more)."""
    if has_ended(request, rejection, token):
        return session_ended(request)
    if request.method == "POST" and not isinstance(rejection, UntrustedRequestError):
        with suppress(RejectedError):
            target = guest_target(request, token) if token else member_target(request, pk)
            form = EditForm.from_request(request, target)
            return edit_page(request, target, form, message=rejection.message)
    return rejection_page(request, rejection, text=Submission.from_post(request.POST).comment)


def rejected_delete(request: HttpRequest, rejection: RejectedError, pk: int) -> HttpResponse:
    if has_ended(request, rejection):
        return session_ended(request)
    return rejection_page(request, rejection)


def has_ended(request: HttpRequest, rejection: RejectedError, token: str = "") -> bool:
    """Say whether a member's form came after the session had ended."""
    is_trusted = not isinstance(rejection, UntrustedRequestError)
    return request.method == "POST" and is_trusted and not token and current_member(request) is None


@require_http_methods(METHODS)
@public_form(rate="attempt", on_rejection=rejected_edit)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a member edit, or add to, their comment.

    303 to it once saved; 422 with the form's errors; 403 for anybody else's,
    409 for one that can no longer be edited, 410 for one that is gone.
    """
    return edit_target(request, member_target(request, pk))


@require_http_methods(METHODS)
@public_form(rate="attempt", by_link=True, on_rejection=rejected_edit)
def guest_edit(request: HttpRequest, token: str) -> HttpResponse:
    """Let a guest do the same; 404 for a forged link, 410 for one that has expired."""
    return edit_target(request, guest_target(request, token))


def edit_target(request: HttpRequest, target: EditableTarget) -> HttpResponse:
    form = EditForm.from_request(request, target)
    if not form.is_bound:
        return edit_page(request, target, form)
    if form.is_valid() and form.wants_preview:
        return edit_page(request, target, form, preview=markdown.render(form.cleaned_data["comment"]))
    if form.is_valid() and save_edit(request, form):
        return SeeOther(redirect_url_for(request, target.comment, confirms="edited"))
    return edit_page(request, target, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def edit_page(
    request: HttpRequest, target: EditableTarget, form: EditForm, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    """Show the form; ``message`` says why it was rejected, ``preview`` is HTML."""
    return render(request, "discussion/edit.html", target.context | {"form": form} | more, status=status)


def save_edit(request: HttpRequest, form: EditForm) -> bool:
    """Save the new text or the addendum of a valid form.

    Returns False, with an error on the form, where the same text was sent
    twice in one moment; rejects with 410 where the comment went meanwhile.
    """
    try:
        change(request, form)
    except TransitionError:
        raise RejectedError(HTTPStatus.GONE, GONE) from None
    except IntegrityError:
        form.add_error(None, DUPLICATE)
    return not form.errors


@transaction.atomic
def change(request: HttpRequest, form: EditForm) -> None:
    """Change the comment; it is screened like a new one, and may be held for a moderator."""
    comment, text = form.edited, form.cleaned_data["comment"]
    if form.is_addendum:
        comment.add_addendum(text)
    else:
        comment.edit(text, fingerprint=form.fingerprint)
    was_shown = comment.is_shown
    check_signal_responses(comment_will_be_posted.send(sender=Comment, comment=comment, request=request))
    if was_shown and not comment.is_public:
        comment.hold(reason=comment.hold_reason)
        notify_moderators(comment)


@require_http_methods(METHODS)
@public_form(rate="attempt", on_rejection=rejected_delete)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a member delete their comment; statuses as for ``edit``."""
    return delete_target(request, member_target(request, pk))


@require_http_methods(METHODS)
@public_form(rate="attempt", by_link=True)
def guest_delete(request: HttpRequest, token: str) -> HttpResponse:
    return delete_target(request, guest_target(request, token))


def delete_target(request: HttpRequest, target: EditableTarget) -> HttpResponse:
    """Ask on GET, delete on POST; a stub stays while there are replies beneath it."""
    if request.method != "POST":
        return render(request, "discussion/delete.html", target.context)
    email = target.comment.user_email
    try:
        with transaction.atomic():
            target.comment.delete_by_author()
            if target.token:
                Subscription.objects.drop_unused(target.page, email)
    except TransitionError:
        raise RejectedError(HTTPStatus.GONE, GONE) from None
    return SeeOther(f"{page_path(target.page, request)}#comment-deleted")


@require_safe
@public_form(by_link=True)
def guest_comment(request: HttpRequest, token: str) -> HttpResponse:
    """Show a guest their comment, and what they may still do with it."""
    return render(request, "discussion/guest_comment.html", guest_target(request, token).context)
