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

from discussion.models import Comment, Following, Scope, State
from discussion.models.comment_state import NotNow
from discussion.posting import confirm_links, guest_links, screening
from discussion.posting.responses import SeeOther, after, gone, said_no
from discussion.threads.locations import comment_by_number, talked_about
from public_forms import signed_links
from public_forms.checks import Refused, refuse_foreign, refuse_haste, refuse_other_charsets


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the comment on GET, let it appear on POST; a second time, only lead to it.

    404 for a link nobody made, 410 for one that is too old or whose comment is gone.
    """
    try:
        comment = comment_by_number(confirm_links.number_in(token) or 0)
    except signed_links.TooLate:
        return private(render(request, "discussion/too_late.html", status=HTTPStatus.GONE))
    page = talked_about(request, comment.page_id)
    if State(comment.state).is_gone:
        return private(gone(request, page, comment))
    if comment.state != State.UNCONFIRMED:
        return SeeOther(after(request, comment))
    if request.method != "POST":
        return private(render(request, "discussion/confirm.html", {"comment": comment, "page": page}))
    try:
        refuse_foreign(request)
    except Refused as refused:
        return private(said_no(request, refused))
    publish(request, comment)
    return SeeOther(after(request, comment))


def publish(request: HttpRequest, comment: Comment) -> None:
    """Let the comment appear. Where the link was opened twice in one moment, the other did it."""
    with suppress(NotNow), transaction.atomic():
        screening.look_again(comment)
        comment.confirm()
        guest_links.send(comment)
        if comment.followup:
            Following.objects.begin(comment.page, address=comment.user_email, scope=Scope.REPLIES)
        comment_was_posted.send(sender=Comment, comment=comment, request=request)


def private(response: HttpResponse) -> HttpResponse:
    """Keep the link to ourselves: no cache holds the answer, and no other site is told where we were."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


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
        refuse_other_charsets(request)
        refuse_foreign(request)
        refuse_haste(request, "attempt")
        if not form.is_valid():
            return render(request, "discussion/again.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        address = form.cleaned_data["email"].lower()
        refuse_haste(request, "letter", mailbox=address)
    except Refused as refused:
        context["refused"] = refused.sentence
        response = render(request, "discussion/again.html", context, status=refused.status)
        return refused.given_with(response)
    guest_links.send_anew(address)
    return render(request, "discussion/again.html", {"sent": True})
