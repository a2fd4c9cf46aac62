"""What the templates of the form are given, wherever it stands."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Page

from accounts.profile.initials import initials
from accounts.signin import social
from discussion.models import Comment, State
from discussion.posting import drafts, guest_cookie, proof_of_work
from discussion.posting.forms import CommentForm
from discussion.text.anchors import Anchor
from discussion.text.submission import Submission
from discussion.threads.locations import location_query, page_path
from discussion.threads.outline_cache import cached_outline
from public_forms.rejection import Rejected
from public_forms.responses import current_member, has_session


def address_of(request: HttpRequest, page: Page, comment: Comment) -> str:
    """Return the address at which this reader finds the comment; raises Http404 when they don't."""
    spot = cached_outline(page, reader=current_member(request)).locate(comment.pk)
    if spot is None:
        raise Http404
    return page_path(page, request) + spot.query()


def gone(request: HttpRequest, page: Page, comment: Comment) -> HttpResponse:
    """Say that a comment was taken away, and lead to where it stood while others' answers stand there."""
    spot = cached_outline(page, reader=current_member(request)).locate(comment.pk)
    context = {"comment": comment, "page": page, "place": spot.query() if spot else "#discussion"}
    return render(request, "discussion/gone.html", context, status=HTTPStatus.GONE)


def after(request: HttpRequest, comment: Comment) -> str:
    """Return where the writer goes next."""
    if comment.state == State.UNCONFIRMED:
        return reverse("comment_sent")
    if not comment.is_shown:
        return reverse("comment_waiting")
    return page_path(comment.page, request) + location_query(comment)


def fresh_form(
    request: HttpRequest,
    page: Page,
    *,
    reply_to: Comment | None = None,
    anchor: Anchor | None = None,
    inline: bool = False,
) -> CommentForm:
    """Return an empty form, or one with what this reader was writing here; ``inline`` keeps its ids apart."""
    draft = drafts.of(request, page) if has_session(request) else None
    initial: dict[str, Any] = guest_cookie.details(request)
    initial |= {name: kept for name, kept in draft.items() if kept} if draft else {}
    if reply_to is not None:
        initial["reply_to"] = reply_to.pk
    if anchor is not None:
        initial |= anchor.fields
    auto_id = f"id_{reply_to.pk}_%s" if inline and reply_to else "id_%s"
    return CommentForm(page, writer=current_member(request), initial=initial, auto_id=auto_id)


def form_context(
    request: HttpRequest, page: Page, form: CommentForm, *, reply_to: Comment | None = None
) -> dict[str, Any]:
    """Return all that discussion/form.html takes."""
    writer = form.writer
    return {
        "page": page,
        "page_address": page_path(page, request),
        "form": form,
        "form_id": "comment-form",
        "seal": form.generate_security_data(),
        "answered": reply_to,
        "about": page.describe_anchors({0: form.anchor}).get(0) if form.anchor else None,
        "writer": writer,
        "badge": initials(writer.get_full_name()) if writer else "",
        "provider": social.signed_in_with(request) if writer else None,
        "offers": [] if writer else social.offered(),
        "has_session": has_session(request),
        "seconds_to_prove": proof_of_work.GOOD_FOR if settings.PROOF_OF_WORK and not writer else 0,
    }


def answered_by(page: Page, form: CommentForm) -> Comment | None:
    """Return the comment a form answers, if there is one to be seen under ``page``."""
    asked = str(form["reply_to"].value() or "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        return None
    return Comment.objects.with_authors().published().filter(page_id=page.pk, pk=int(asked)).first()


def form_page(
    request: HttpRequest, page: Page, form: CommentForm, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    """Answer with the form on a page of its own."""
    context = form_context(request, page, form, reply_to=answered_by(page, form)) | more
    return guest_cookie.guard(request, render(request, "discussion/write.html", context, status=status))


def refusal(
    request: HttpRequest, refused: Rejected, said: Submission, *, page: Page | None = None
) -> HttpResponse:
    """Answer with why not, and with everything that was typed."""
    if page is not None:
        form = CommentForm(page, writer=current_member(request), initial=said.fields)
        response = form_page(request, page, form, status=refused.status, refused=refused.message)
    else:
        context = {"refused": refused.message, "said": said}
        response = render(request, "discussion/refused.html", context, status=refused.status)
    return refused.apply_to(response)
