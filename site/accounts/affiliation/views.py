"""Verifying one's organization."""

from __future__ import annotations

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.affiliation import verification
from accounts.affiliation.forms import AffiliationForm
from accounts.member_request import MemberRequest
from accounts.models import Affiliation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def affiliation(request: MemberRequest) -> HttpResponse:
    """Request verification: by e-mail where one has an address there, by an editor otherwise.

    422 with the form's errors for an invalid choice, 429 after too many requests.
    """
    current = Affiliation.objects.select_related("organisation").filter(user=request.user).first()
    form = AffiliationForm(
        request.POST or None, initial={"organisation": current and current.organisation_id}
    )
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "affiliation": current}
        return render(request, "account/affiliation.html", context, status=status)
    if not ratelimit.consume(request, action="affiliation", user=request.user):
        return ratelimit.respond_429(request)
    if verification.request(request.user, form.cleaned_data["organisation"]) == verification.Method.EMAIL:
        messages.info(request, _("Check your e-mail: we sent a link to your address there."))
    else:
        messages.info(request, _("Request sent. An editor will review it."))
    return redirect("account_affiliation")


@login_required
@require_POST
def withdraw(request: MemberRequest) -> HttpResponse:
    verification.withdraw(request.user)
    messages.success(request, _("Organization removed."))
    return redirect("account_affiliation")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: MemberRequest, token: str) -> HttpResponse:
    """Confirm by the link from the e-mail: GET asks, POST confirms, for the addressee alone.

    410 for a link that is invalid, used, expired or for another account.
    """
    claim = verification.from_token(token, request.user)
    if claim is not None and request.method == "POST":
        verification.confirm(request.user, claim)
        messages.success(request, _("Organization verified."))
        return redirect("account_profile")
    status = HTTPStatus.OK if claim else HTTPStatus.GONE
    return render(request, "account/affiliation_confirm.html", {"claim": claim}, status=status)
