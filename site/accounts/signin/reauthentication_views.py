"""The page on which a person reauthenticates by a code from an e-mail."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.member_request import MemberRequest
from accounts.signin.allauth_internals import resume_request
from accounts.signin.forms import SignInCodeForm
from accounts.signin.reauthentication import EmailCodeReauthentication


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reauthenticate_by_email(request: MemberRequest) -> HttpResponse:
    """Ask for a code, and resume the interrupted request once it is right.

    A POST with ``send`` sends a code, GET sends none. 422 for a wrong code,
    429 after too many.
    """
    if request.method == "POST" and "send" in request.POST:
        return send_code(request)
    process = EmailCodeReauthentication.pending(request)
    if request.method != "POST" or process is None:
        return render_form(request, SignInCodeForm(code=process.code) if process else None)
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return ratelimit.respond_429(request)
    form = SignInCodeForm(request.POST, code=process.code)
    if form.is_valid():
        process.finish()
        return resume_request(request) or redirect("account_profile")
    if process.record_invalid_attempt():
        return render_form(request, form)
    messages.error(request, _("Too many wrong codes. Get a new one."))
    return render_form(request, None)


def send_code(request: MemberRequest) -> HttpResponse:
    if not ratelimit.consume(request, action="reauthenticate_email", user=request.user):
        return ratelimit.respond_429(request)
    EmailCodeReauthentication.begin(request)
    return render_form(request, SignInCodeForm(code=""))


def render_form(request: MemberRequest, form: SignInCodeForm | None) -> HttpResponse:
    """Show the field for the code, or without a form the button that sends one."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    context = {"form": form, "next": get_next_redirect_url(request) or ""}
    return render(request, "account/reauthenticate_email.html", context, status=status)
