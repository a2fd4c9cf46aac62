"""Editing, adding to and deleting one's own comment: members by their session, guests by their link."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from django_comments.signals import comment_will_be_posted
from wagtail.models import Page

from discussion.editing.forms import EditForm
from discussion.models import Comment, State, Subscription
from discussion.models.comment_state import TransitionError
from discussion.moderation.emails import notify_moderators
from discussion.posting import guest_links
from discussion.posting.forms import DUPLICATE
from discussion.posting.responses import redirect_url_for
from discussion.posting.screening import check_signal_responses
from discussion.text import markdown
from discussion.text.submission import Submission
from discussion.threads.locations import get_comment_or_404, get_commentable_page, page_path
from public_forms.checks import public_form
from public_forms.rejection import RejectedError, UntrustedRequestError
from public_forms.responses import SeeOther, current_member, rejection_page
from public_forms.signed_links import LinkExpiredError

METHODS = ["GET", "HEAD", "POST"]
NOT_SIGNED_IN = _("Sign in to edit or delete your comment.")
NOT_AUTHOR = _("You can only edit or delete your own comments.")
NOT_EDITABLE = _("This comment can no longer be edited or added to. You can still delete it.")
GONE = _("This comment has been deleted or removed.")
LINK_EXPIRED = _(
    "This link has expired: it was valid for one year. Contact us if you want the comment deleted."
)


@dataclass
class EditableTarget:
    """A comment and the page it is on; ``token`` is that of a guest's link, empty for a member."""

    comment: Comment
    page: Page
    token: str = ""

    def __post_init__(self) -> None:
        has_replies = self.comment.has_published_replies()
        self.can_edit = self.comment.can_edit(has_replies=has_replies)
        self.can_add_addendum = self.comment.can_add_addendum(has_replies=has_replies)

    @property
    def context(self) -> dict[str, Any]:
        return {
            "comment": self.comment,
            "page": self.page,
            "token": self.token,
            "can_edit": self.can_edit,
            "can_add_addendum": self.can_add_addendum,
        }


def member_target(request: HttpRequest, pk: int) -> EditableTarget:
    """Return a member's own comment; rejects anybody else's with 403."""
    comment, reader = get_comment_or_404(pk), current_member(request)
    if reader is None or comment.user_id != reader.pk:
        raise RejectedError(HTTPStatus.FORBIDDEN, NOT_AUTHOR if reader else NOT_SIGNED_IN)
    return editable_target(request, comment)


def guest_target(request: HttpRequest, token: str) -> EditableTarget:
    """Return a guest's comment; raises Http404 for a forged link, rejects an expired one with 410."""
    try:
        comment = guest_links.comment_from_token(token)
    except LinkExpiredError:
        raise RejectedError(HTTPStatus.GONE, LINK_EXPIRED) from None
    if comment is None:
        raise Http404
    return editable_target(request, comment, token)


def editable_target(request: HttpRequest, comment: Comment, token: str = "") -> EditableTarget:
    """Rejects a comment that is gone with 410."""
    page = get_commentable_page(request, comment.page_id)
    if State(comment.state).is_gone:
        raise RejectedError(HTTPStatus.GONE, GONE)
    return EditableTarget(comment, page, token)


def rejected_edit(
    request: HttpRequest, rejection: RejectedError, pk: int = 0, token: str = ""
) -> HttpResponse:
    """Say why not, with the form and the text; only the text where the comment can't be edited (any more)."""
    submission = Submission.from_post(request.POST)
    if request.method == "POST" and not isinstance(rejection, UntrustedRequestError):
        with suppress(RejectedError):
            target = guest_target(request, token) if token else member_target(request, pk)
            return edit_page(request, target, edit_form(target, submission), message=rejection.message)
    return rejection_page(request, rejection, text=submission.comment)


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
    submission = Submission.from_post(request.POST) if request.method == "POST" else None
    form = edit_form(target, submission)
    if submission is None:
        return edit_page(request, target, form)
    if form.is_valid() and submission.wants_preview:
        return edit_page(request, target, form, preview=markdown.render(form.cleaned_data["comment"]))
    if form.is_valid() and save_edit(request, form):
        return SeeOther(redirect_url_for(request, target.comment, confirms="edited"))
    return edit_page(request, target, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def edit_form(target: EditableTarget, submission: Submission | None = None) -> EditForm:
    """Return the form for a new text, or for an addendum where it is too late for that; else rejects."""
    if not (target.can_edit or target.can_add_addendum):
        raise RejectedError(HTTPStatus.CONFLICT, NOT_EDITABLE)
    return EditForm(target.comment, is_addendum=target.can_add_addendum, submission=submission)


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
@public_form(rate="attempt")
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
