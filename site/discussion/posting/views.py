"""Taking a comment."""

from __future__ import annotations

from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django_comments.signals import comment_was_posted, comment_will_be_posted
from wagtail.models import Page

from discussion.models import Comment, Scope, State, Subscription
from discussion.posting import drafts, guest_cookie, guest_links, proof_of_work
from discussion.posting.forms import TWICE, CommentForm
from discussion.posting.guest_cookie import guard
from discussion.posting.handler import hear
from discussion.posting.responses import after, form_context, form_page, fresh_form, gone
from discussion.posting.screening import CLOSED, NOT_TAKEN, check_open
from discussion.text import markdown
from discussion.text.anchors import anchor_from
from discussion.text.submission import Submission, quote
from discussion.threads.locations import get_comment_or_404, get_commentable_page
from public_forms.checks import check_rate_limit
from public_forms.rejection import Rejected
from public_forms.responses import SeeOther, current_member


@csrf_exempt  # checked by hand: a member gets the form back with a fresh token, a guest needs none
@require_POST
def post(request: HttpRequest) -> HttpResponse:
    """Take a comment, or say why not and keep the text.

    303 to the comment, to /discussion/waiting/ or to /discussion/sent/; the
    refusals' statuses are listed with their sentences in refusals.py.
    """

    def take(page: Page, said: Submission) -> HttpResponse:
        check_open(page)
        return taken(request, page, CommentForm(page, said=said, writer=current_member(request)))

    return hear(request, take, deed="attempt")


def taken(request: HttpRequest, page: Page, form: CommentForm) -> HttpResponse:
    if form.said.wants_preview:
        return previewed(request, page, form)
    if not form.is_valid():
        return form_page(request, page, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    check_rate_limit(request, "comment", page=str(page.pk))
    if form.writer is None:
        proof_of_work.refuse_unproven(request, form.said.fields["altcha"])
        check_rate_limit(request, "email", mailbox=form.cleaned_data["email"].lower())
    try:
        comment = keep(request, form.ready_comment)
    except IntegrityError:  # the same words, twice in the same moment
        form.add_error(None, TWICE)
        return form_page(request, page, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    drafts.forget(request, page)
    response = SeeOther(after(request, comment))
    if form.writer is None:
        guest_cookie.keep(request, response, form.said)
    return response


def previewed(request: HttpRequest, page: Page, form: CommentForm) -> HttpResponse:
    """Show how the comment would look, and let it be written on."""
    form.is_valid()
    wrong = form.errors.get("comment")
    shown = "" if wrong else markdown.render(form.cleaned_data["comment"])
    again = CommentForm(page, writer=form.writer, initial=form.said.fields)
    return form_page(request, page, again, preview=shown, refused=wrong[0] if wrong else "")


@transaction.atomic
def keep(request: HttpRequest, comment: Comment) -> Comment:
    """Save the comment, and what it causes, together or not at all."""
    answers = comment_will_be_posted.send(sender=Comment, comment=comment, request=request)
    if any(answer is False for _, answer in answers):
        raise Rejected(HTTPStatus.FORBIDDEN, NOT_TAKEN)
    if not comment.is_public:  # whoever listened wants a moderator to read it first
        comment.needs_review = True
        comment.state = State.UNCONFIRMED if comment.state == State.UNCONFIRMED else State.WAITING
    comment.save()
    if comment.followup and comment.user is not None:
        Subscription.objects.subscribe(comment.page, member=comment.user, scope=Scope.REPLIES)
    if comment.state == State.UNCONFIRMED:
        guest_links.send_confirmation(comment)
    else:
        comment_was_posted.send(sender=Comment, comment=comment, request=request)
    return comment


@require_safe
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a comment and the form to answer it; 410 when it is gone, 403 where the talk is closed."""
    page, answered = found(request, pk)
    if not answered.is_shown:
        return hidden(request, page, answered)
    form = fresh_form(request, page, reply_to=answered)
    if "quote" in request.GET and not form.initial.get("comment"):
        form.initial["comment"] = quote(answered.comment)
    if not page.takes_comments:
        return form_page(request, page, form, status=HTTPStatus.FORBIDDEN, refused=CLOSED)
    return form_page(request, page, form)


@require_safe
def reply_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the form alone, to be put beneath the comment; its ids are its own."""
    page, answered = found(request, pk)
    if not answered.is_shown:
        return hidden(request, page, answered)
    if not page.takes_comments:
        return render(request, "discussion/closed.html", {"refused": CLOSED}, status=HTTPStatus.FORBIDDEN)
    form = fresh_form(request, page, reply_to=answered, inline=True)
    context = form_context(request, page, form, reply_to=answered) | {"form_id": f"reply-form-{answered.pk}"}
    return guard(request, render(request, "discussion/form.html", context))


def found(request: HttpRequest, pk: int) -> tuple[Page, Comment]:
    """Raises Http404 where this reader may not know of the comment."""
    answered = get_comment_or_404(pk)
    page = get_commentable_page(request, answered.page_id)
    return page, answered


def hidden(request: HttpRequest, page: Page, comment: Comment) -> HttpResponse:
    """Answer for a comment that is not to be read: it is gone, or nobody's business yet."""
    if State(comment.state).is_gone:
        return gone(request, page, comment)
    raise Http404


@require_safe
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form to say something about a passage of a page's file; 404 where there is no such passage.

    The address names it as the form's fields do: ``?anchor_edition=1&anchor_page=14&anchor_quote=…``
    """
    page = get_commentable_page(request, pk)
    anchor = anchor_from(request.GET)
    settled = page.resolve_anchor(anchor) if anchor else None
    if settled is None:
        raise Http404
    form = fresh_form(request, page, anchor=settled)
    if not page.takes_comments:
        return form_page(request, page, form, status=HTTPStatus.FORBIDDEN, refused=CLOSED)
    return form_page(request, page, form)
