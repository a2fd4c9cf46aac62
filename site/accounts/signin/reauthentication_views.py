"""Showing anew that it is you, by a code from a letter."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signin.forms import SignInCodeForm
from accounts.signin.reauthentication import MailedCode


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and go on with what was begun once it is typed. GET sends nothing."""
    if request.method == "POST" and "send" in request.POST:
        return send(request)
    code = MailedCode.pending(request)
    if request.method != "POST" or code is None:
        return show(request, SignInCodeForm(code=code.code) if code else None)
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return ratelimit.respond_429(request)
    form = SignInCodeForm(request.POST, code=code.code)
    if form.is_valid():
        code.finish()
        return resume_request(request) or redirect("account_me")
    if code.record_invalid_attempt():
        return show(request, form)
    messages.error(request, _("That was wrong too often. Please ask for another code."))
    return show(request, None)


def send(request: HttpRequest) -> HttpResponse:
    if not ratelimit.consume(request, action="reauthenticate_email", user=request.user):
        return ratelimit.respond_429(request)
    MailedCode.begin(request)
    return show(request, SignInCodeForm(code=""))


def show(request: HttpRequest, form: SignInCodeForm | None) -> HttpResponse:
    """Show the field for the code, or the button that sends one."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    there = {"form": form, "next": get_next_redirect_url(request) or ""}
    return render(request, "account/again.html", there, status=status)
