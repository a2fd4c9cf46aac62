"""Changing what one said, adding to it, taking it back: members by their session, guests by their link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_comments.signals import comment_will_be_posted
from wagtail.models import Page

from discussion.editing.forms import RewriteForm
from discussion.models import Comment, State, Subscription
from discussion.models.comment_state import TransitionError
from discussion.moderation.emails import notify_moderators
from discussion.posting import guest_links
from discussion.posting.forms import TWICE
from discussion.posting.responses import after
from discussion.posting.screening import NOT_TAKEN
from discussion.text import markdown
from discussion.text.submission import Submission
from discussion.threads.locations import get_comment_or_404, get_commentable_page, page_path
from public_forms import signed_links
from public_forms.checks import check_charset, check_csrf, check_rate_limit, check_same_origin
from public_forms.rejection import Rejected
from public_forms.responses import SeeOther, current_member, private, rejection_page

Deed = Callable[[HttpRequest, "Own"], HttpResponse]
METHODS = ["GET", "HEAD", "POST"]
NOT_SIGNED_IN = _("Sign in to change what you said.")
NOT_YOURS = _("Only whoever wrote a comment can change it.")
STANDS = _("This comment stands as it is now: it can be deleted, but no longer changed or added to.")
GONE = _("This comment has been taken away since.")
TOO_OLD = _("Such a link is good for a year. Write to us if the comment has to go.")


@dataclass
class Own:
    """A comment and whoever may change it; ``token`` is a guest's link, empty for a member."""

    comment: Comment
    page: Page
    token: str = ""


@csrf_exempt  # checked by hand, so that the form comes back with its text
@require_http_methods(METHODS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return with_own(request, rewrite, pk=pk)


@require_http_methods(METHODS)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    return with_own(request, take_back, pk=pk)


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(METHODS)
def edit_by_link(request: HttpRequest, token: str) -> HttpResponse:
    return with_own(request, rewrite, token=token)


@csrf_exempt
@require_http_methods(METHODS)
def delete_by_link(request: HttpRequest, token: str) -> HttpResponse:
    return with_own(request, take_back, token=token)


@require_http_methods(["GET", "HEAD"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """Show a guest their comment, and what they may still do with it."""
    return with_own(request, overview, token=token)


def with_own(request: HttpRequest, deed: Deed, *, pk: int = 0, token: str = "") -> HttpResponse:
    """Do ``deed`` with a comment of one's own, or say why not.

    403 for anybody else's, 404 for a link of nobody's making, 410 for one that
    is too old or whose comment is gone, 409 for a comment that stands by now.
    """
    try:
        if request.method == "POST":
            check_charset(request)
            check_same_origin(request)
            check_rate_limit(request, "attempt")
        return private(deed(request, found(request, pk=pk, token=token)))
    except Rejected as refused:
        said = said_in(request)
        return private(rejection_page(request, refused, text=said.comment if said else ""))


def said_in(request: HttpRequest) -> Submission | None:
    """Return what was sent, where something was sent that can be read."""
    if request.method != "POST" or request.content_params.get("charset", "utf-8").lower() != "utf-8":
        return None
    return Submission.from_post(request.POST)


def found(request: HttpRequest, *, pk: int, token: str) -> Own:
    if token:
        try:
            comment = guest_links.comment_from_token(token)
        except signed_links.LinkExpired:
            raise Rejected(HTTPStatus.GONE, TOO_OLD) from None
        if comment is None:
            raise Http404
    else:
        comment, reader = get_comment_or_404(pk), current_member(request)
        if reader is None or comment.user_id != reader.pk:
            raise Rejected(HTTPStatus.FORBIDDEN, NOT_YOURS if reader else NOT_SIGNED_IN)
    page = get_commentable_page(request, comment.page_id)
    if State(comment.state).is_gone:
        raise Rejected(HTTPStatus.GONE, GONE)
    return Own(comment, page, token)


def shown(own: Own) -> dict[str, object]:
    answered = own.comment.has_replies()
    return {
        "comment": own.comment,
        "page": own.page,
        "token": own.token,
        "may_edit": own.comment.can_edit(answered=answered),
        "may_add": own.comment.can_add_addendum(answered=answered),
    }


def overview(request: HttpRequest, own: Own) -> HttpResponse:
    return render(request, "discussion/own.html", shown(own))


def rewrite(request: HttpRequest, own: Own) -> HttpResponse:
    """Ask for other words, or an addendum where it is too late for those, and put them in place."""
    may = shown(own)
    adds = bool(may["may_add"])
    if not (adds or may["may_edit"]):
        raise Rejected(HTTPStatus.CONFLICT, STANDS)
    form = RewriteForm(own.comment, said=said_in(request), adds=adds)
    if form.said is None:
        return render(request, "discussion/rewrite.html", may | {"form": form})
    if form.is_valid() and form.said.wants_preview:
        preview = markdown.render(form.cleaned_data["comment"])
        return render(request, "discussion/rewrite.html", may | {"form": form, "preview": preview})
    if form.is_valid():
        try:
            if not own.token:
                check_csrf(request)
            put_in_place(request, own.comment, form)
            return SeeOther(after(request, own.comment))
        except TransitionError:
            raise Rejected(HTTPStatus.CONFLICT, GONE) from None
        except IntegrityError:
            form.add_error(None, TWICE)
        except Rejected as refused:
            context = may | {"form": form, "refused": refused.message}
            return render(request, "discussion/rewrite.html", context, status=refused.status)
    context = may | {"form": form}
    return render(request, "discussion/rewrite.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@transaction.atomic
def put_in_place(request: HttpRequest, comment: Comment, form: RewriteForm) -> None:
    """Keep the words; whoever looks at new comments looks at changed ones too, and may hold them."""
    words = form.cleaned_data["comment"]
    if form.adds:
        comment.add_addendum(words)
    else:
        comment.edit(words, fingerprint=form.fingerprint)
    was_shown = comment.is_shown
    answers = comment_will_be_posted.send(sender=Comment, comment=comment, request=request)
    if any(answer is False for _, answer in answers):
        raise Rejected(HTTPStatus.FORBIDDEN, NOT_TAKEN)
    if was_shown and not comment.is_public:
        comment.hold(reason=comment.hold_reason)
        notify_moderators(comment)


def take_back(request: HttpRequest, own: Own) -> HttpResponse:
    """Ask once more, then delete; a stub stays while others' answers stand beneath it."""
    if request.method != "POST":
        return render(request, "discussion/delete.html", shown(own))
    address_of_guest = own.comment.user_email
    try:
        with transaction.atomic():
            own.comment.delete_by_author()
            if own.token:
                Subscription.objects.drop_unused(own.page, address_of_guest)
    except TransitionError:
        raise Rejected(HTTPStatus.GONE, GONE) from None
    return SeeOther(f"{page_path(own.page, request)}#discussion")
