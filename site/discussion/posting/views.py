"""Posting a comment, and the forms to write one."""

from __future__ import annotations

from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe
from django_comments.signals import comment_was_posted, comment_will_be_posted
from wagtail.models import Page

from discussion.models import Comment, Scope, State, Subscription
from discussion.posting import guest_cookie, guest_links, proof_of_work, sign_in_views
from discussion.posting.forms import DUPLICATE, CommentForm, was_signed_out
from discussion.posting.responses import (
    accepted_response,
    form_context,
    form_page,
    new_form,
    preview_page,
    rejected_form,
)
from discussion.posting.screening import CLOSED, check_signal_responses
from discussion.text.anchors import anchor_from
from discussion.text.submission import quote
from discussion.threads.locations import get_comment_or_404, get_commentable_page, gone_page
from public_forms.checks import check_rate_limit, public_form


@require_POST
@public_form(rate="attempt", on_rejection=rejected_form)
def post(request: HttpRequest) -> HttpResponse:
    """Save a comment and redirect to it, or return the form with everything typed.

    303 to the comment, to /discussion/waiting/ or to /discussion/sent/; 422
    with the form's errors for an invalid or repeated comment; 403 with the form
    for a member whose session has ended; else as
    ``public_form`` and the screening reject it.
    """
    if was_signed_out(request):
        return sign_in_views.session_ended(request)
    form = CommentForm.from_request(request)
    if form.wants_preview:
        return preview_page(request, form)
    if form.is_valid() and (comment := accept(request, form)):
        return accepted_response(request, form, comment)
    return form_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def accept(request: HttpRequest, form: CommentForm) -> Comment | None:
    """Save the comment of a valid form.

    Returns None, with an error on the form, where the same text was sent twice in one moment.
    """
    check_rate_limit(request, "comment", page=str(form.page.pk))
    if form.author is None:
        proof_of_work.check(request, form.data["altcha"])
        check_rate_limit(request, "email", mailbox=form.cleaned_data["email"].lower())
    comment = form.build_comment()
    try:
        save_comment(request, comment)
    except IntegrityError:
        form.add_error(None, DUPLICATE)
        return None
    return comment


def save_comment(request: HttpRequest, comment: Comment) -> None:
    """Save the comment, and what follows from it, together or not at all.

    Whoever listens to the package's signals may hold it or refuse it. They are
    asked before the transaction begins: on SQLite all other writers wait for its end.
    """
    check_signal_responses(comment_will_be_posted.send(sender=Comment, comment=comment, request=request))
    if not comment.is_public:  # a listener wants a moderator to read it first
        comment.needs_review = True
        comment.state = State.UNCONFIRMED if comment.state == State.UNCONFIRMED else State.WAITING
    with transaction.atomic():
        comment.save()
        if comment.followup and comment.user is not None:
            Subscription.objects.subscribe(comment.page, member=comment.user, scope=Scope.REPLIES)
        if comment.state == State.UNCONFIRMED:
            guest_links.send_confirmation(comment)
        else:
            comment_was_posted.send(sender=Comment, comment=comment, request=request)


@require_safe
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a comment and the form to reply; 410 when it is gone, 403 where the discussion is closed."""
    page, parent = visible_comment(request, pk)
    if not parent.is_shown:
        return hidden_comment_page(request, page, parent)
    form = new_form(request, page, reply_to=parent)
    if "quote" in request.GET and not form.initial.get("comment"):
        form.initial["comment"] = quote(parent.comment)
    return open_form_page(request, form)


@require_safe
def reply_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the form alone, to be put beneath the comment; its ids are its own."""
    page, parent = visible_comment(request, pk)
    if not parent.is_shown:
        return hidden_comment_page(request, page, parent)
    if not page.takes_comments:
        context = {"message": CLOSED}
        return render(request, "discussion/closed.html", context, status=HTTPStatus.FORBIDDEN)
    form = new_form(request, page, reply_to=parent, inline=True)
    context = form_context(request, form, reply_to=parent) | {"form_id": f"reply-form-{parent.pk}"}
    return guest_cookie.keep_private(request, render(request, "discussion/form.html", context))


@require_safe
def comment_on_passage(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form to comment on a passage of a page's file; 404 where there is no such passage.

    The address names it as the form's fields do: ``?anchor_edition=1&anchor_page=14&anchor_quote=…``
    """
    page = get_commentable_page(request, pk)
    requested = anchor_from(request.GET)
    anchor = page.resolve_anchor(requested) if requested else None
    if anchor is None:
        raise Http404
    return open_form_page(request, new_form(request, page, anchor=anchor))


def open_form_page(request: HttpRequest, form: CommentForm) -> HttpResponse:
    """Show an empty form on a page of its own; 403 and no form where the discussion is closed."""
    if not form.page.takes_comments:
        return form_page(request, form, status=HTTPStatus.FORBIDDEN, message=CLOSED)
    return form_page(request, form)


def visible_comment(request: HttpRequest, pk: int) -> tuple[Page, Comment]:
    """Raises Http404 where this reader may not know of the comment."""
    comment = get_comment_or_404(pk)
    return get_commentable_page(request, comment.page_id), comment


def hidden_comment_page(request: HttpRequest, page: Page, comment: Comment) -> HttpResponse:
    """Answer for a comment that is not shown: 410 when it is gone; raises Http404 when it never was."""
    if State(comment.state).is_gone:
        return gone_page(request, page, comment)
    raise Http404
