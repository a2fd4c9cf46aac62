"""Answering a comment."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from discussion.finding import comment_by_number, talked_about
from discussion.models import Comment, State
from discussion.refusals import CLOSED
from discussion.remembering import guard
from discussion.showing import form_context, form_page, fresh_form, gone
from discussion.words import quoted


@require_safe
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a comment and the form to answer it; 410 when it is gone, 403 where the talk is closed."""
    page, answered = found(request, pk)
    if not answered.is_shown:
        return hidden(request, page, answered)
    form = fresh_form(request, page, reply_to=answered)
    if "quote" in request.GET and not form.initial.get("comment"):
        form.initial["comment"] = quoted(answered.comment)
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
    answered = comment_by_number(pk)
    page = talked_about(request, answered.page_id)
    return page, answered


def hidden(request: HttpRequest, page: Page, comment: Comment) -> HttpResponse:
    """Answer for a comment that is not to be read: it is gone, or nobody's business yet."""
    if State(comment.state).is_gone:
        return gone(request, page, comment)
    raise Http404
