"""Taking a comment."""

from __future__ import annotations

from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django_comments.signals import comment_was_posted, comment_will_be_posted
from wagtail.models import Page

from discussion import drafts, letters, markdown, proof, remembering
from discussion.forms import TWICE, CommentForm
from discussion.models import Comment, Following, Scope, State
from discussion.refusals import NOT_TAKEN, Refused, refuse_closed, refuse_haste
from discussion.showing import SeeOther, after, form_page, member
from discussion.views.hearing import hear
from discussion.words import Said


@csrf_exempt  # checked by hand: a member gets the form back with a fresh token, a guest needs none
@require_POST
def post(request: HttpRequest) -> HttpResponse:
    """Take a comment, or say why not and keep the text.

    303 to the comment, to /discussion/waiting/ or to /discussion/sent/; the
    refusals' statuses are listed with their sentences in refusals.py.
    """

    def take(page: Page, said: Said) -> HttpResponse:
        refuse_closed(page)
        return taken(request, page, CommentForm(page, said=said, writer=member(request)))

    return hear(request, take, deed="attempt")


def taken(request: HttpRequest, page: Page, form: CommentForm) -> HttpResponse:
    if form.said.wants_preview:
        return previewed(request, page, form)
    if not form.is_valid():
        return form_page(request, page, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    refuse_haste(request, "comment", page=str(page.pk))
    if form.writer is None:
        proof.refuse_unproven(request, form.said.fields["altcha"])
        refuse_haste(request, "letter", mailbox=form.cleaned_data["email"].lower())
    try:
        comment = keep(request, form.ready_comment)
    except IntegrityError:  # the same words, twice in the same moment
        form.add_error(None, TWICE)
        return form_page(request, page, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    drafts.forget(request, page)
    response = SeeOther(after(request, comment))
    if form.writer is None:
        remembering.keep(request, response, form.said)
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
        raise Refused(HTTPStatus.FORBIDDEN, NOT_TAKEN)
    if not comment.is_public:  # whoever listened wants a moderator to read it first
        comment.held_first = True
        comment.state = State.UNCONFIRMED if comment.state == State.UNCONFIRMED else State.WAITING
    comment.save()
    if comment.followup and comment.user is not None:
        Following.objects.begin(comment.page, member=comment.user, scope=Scope.REPLIES)
    if comment.state == State.UNCONFIRMED:
        letters.ask_to_confirm(comment)
    else:
        comment_was_posted.send(sender=Comment, comment=comment, request=request)
    return comment
