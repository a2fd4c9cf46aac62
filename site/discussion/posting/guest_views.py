"""A guest follows the link in the letter."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_comments.signals import comment_was_posted

from discussion.models import Comment, Scope, State, Subscription
from discussion.models.comment_state import TransitionError
from discussion.posting import guest_links, screening
from discussion.posting.responses import after, gone
from discussion.threads.locations import get_comment_or_404, get_commentable_page
from public_forms import signed_links
from public_forms.checks import check_charset, check_rate_limit, check_same_origin
from public_forms.rejection import Rejected
from public_forms.responses import SeeOther, private, rejection_page


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the comment on GET, let it appear on POST; a second time, only lead to it.

    404 for a link nobody made, 410 for one that is too old or whose comment is gone.
    """
    try:
        comment = get_comment_or_404(guest_links.id_from_confirm_token(token))
    except signed_links.LinkExpired:
        return private(render(request, "discussion/too_late.html", status=HTTPStatus.GONE))
    page = get_commentable_page(request, comment.page_id)
    if State(comment.state).is_gone:
        return private(gone(request, page, comment))
    if comment.state != State.UNCONFIRMED:
        return SeeOther(after(request, comment))
    if request.method != "POST":
        return private(render(request, "discussion/confirm.html", {"comment": comment, "page": page}))
    try:
        check_same_origin(request)
    except Rejected as refused:
        return private(rejection_page(request, refused))
    publish(request, comment)
    return SeeOther(after(request, comment))


def publish(request: HttpRequest, comment: Comment) -> None:
    """Let the comment appear. Where the link was opened twice in one moment, the other did it."""
    with suppress(TransitionError), transaction.atomic():
        screening.look_again(comment)
        comment.confirm()
        guest_links.send_link(comment)
        if comment.followup:
            Subscription.objects.subscribe(comment.page, address=comment.user_email, scope=Scope.REPLIES)
        comment_was_posted.send(sender=Comment, comment=comment, request=request)


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("The address you gave with your comments."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


@csrf_exempt  # it does the same for everybody, and tells nobody anything
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Send the links anew; the answer is the same whether the address has said anything or not."""
    if request.method != "POST":
        return render(request, "discussion/again.html", {"form": AddressForm(label_suffix="")})
    form = AddressForm(request.POST, label_suffix="")
    context: dict[str, object] = {"form": form}
    try:
        check_charset(request)
        check_same_origin(request)
        check_rate_limit(request, "attempt")
        if not form.is_valid():
            return render(request, "discussion/again.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        address = form.cleaned_data["email"].lower()
        check_rate_limit(request, "email", mailbox=address)
    except Rejected as refused:
        context["refused"] = refused.message
        response = render(request, "discussion/again.html", context, status=refused.status)
        return refused.apply_to(response)
    guest_links.resend(address)
    return render(request, "discussion/again.html", {"sent": True})
