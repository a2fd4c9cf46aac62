"""A guest confirms a comment by the e-mailed link, or has the links sent again."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_comments.signals import comment_was_posted

from discussion.models import Comment, Scope, State, Subscription
from discussion.models.comment_state import TransitionError
from discussion.posting import guest_links, screening
from discussion.posting.responses import redirect_url_for
from discussion.threads.locations import get_comment_or_404, get_commentable_page, gone_page
from mail.mailboxes import validate_visible
from pagecache.headers import has_session
from public_forms.checks import check_rate_limit, public_form
from public_forms.rejection import RejectedError
from public_forms.responses import SeeOther
from public_forms.signed_links import LinkExpiredError


@require_http_methods(["GET", "HEAD", "POST"])
@public_form(rate="attempt", by_link=True)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the comment on GET, publish it on POST; a second time, only redirect to it.

    404 for a forged link, 410 for one that has expired or whose comment is gone.
    """
    try:
        comment = get_comment_or_404(guest_links.id_from_confirm_token(token))
    except LinkExpiredError:
        return render(request, "discussion/link_expired.html", status=HTTPStatus.GONE)
    page = get_commentable_page(request, comment.page_id)
    if State(comment.state).is_gone:
        return gone_page(request, page, comment)
    if comment.state == State.UNCONFIRMED and request.method != "POST":
        return render(request, "discussion/confirm.html", {"comment": comment, "page": page})
    if comment.state == State.UNCONFIRMED:
        publish(request, comment)
    return SeeOther(redirect_url_for(request, comment))


def publish(request: HttpRequest, comment: Comment) -> None:
    """Publish a confirmed comment. Where the link was opened twice in one moment, the other did it."""
    with suppress(TransitionError), transaction.atomic():
        screening.rescreen(comment)
        comment.confirm()
        guest_links.send_link(comment)
        if comment.followup:
            Subscription.objects.subscribe(comment.page, address=comment.user_email, scope=Scope.REPLIES)
        comment_was_posted.send(sender=Comment, comment=comment, request=request)


class GuestEmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, validators=[validate_visible],
        help_text=_("The e-mail address you commented with."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


def resend_page(
    request: HttpRequest, form: GuestEmailForm, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    context = {"form": form, "has_session": has_session(request), **more}
    return render(request, "discussion/resend_links.html", context, status=status)


def rejected_resend(request: HttpRequest, rejection: RejectedError) -> HttpResponse:
    form = GuestEmailForm(request.POST, label_suffix="")
    return resend_page(request, form, message=rejection.message)


@require_http_methods(["GET", "HEAD", "POST"])
@public_form(rate="attempt", on_rejection=rejected_resend)
def resend_links(request: HttpRequest) -> HttpResponse:
    """Send the links again; the response is the same whether there is a comment under the address or not."""
    form = GuestEmailForm(request.POST if request.method == "POST" else None, label_suffix="")
    if not form.is_bound:
        return resend_page(request, form)
    if not form.is_valid():
        return resend_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    email = form.cleaned_data["email"].lower()
    check_rate_limit(request, "email", mailbox=email)
    guest_links.resend_links.enqueue(email)  # in the background: the time it takes would tell who commented
    return resend_page(request, form, sent=True)
