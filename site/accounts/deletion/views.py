"""Deleting one's account: the page lists what goes and what stays, and for a week it can be canceled."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.deletion import service
from accounts.member_request import MemberRequest
from accounts.models import DeletionRequest
from accounts.models.deletion import GRACE_PERIOD


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: MemberRequest) -> HttpResponse:
    """Show what goes and what stays; a POST begins the grace period.

    409 for a POST of the last administrator, 429 after too many requests.
    """
    can_delete = service.can_delete(request.user)
    if request.method == "POST" and can_delete:
        if not ratelimit.consume(request, action="delete_account", user=request.user):
            return ratelimit.respond_429(request)
        service.request(request.user)
        return redirect("account_profile")
    context = {
        "can_delete": can_delete,
        "days": GRACE_PERIOD.days,
        "deletion": DeletionRequest.objects.filter(user=request.user).first(),
    }
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    return render(request, "account/delete.html", context, status=status)


@login_required
@require_POST
def cancel(request: MemberRequest) -> HttpResponse:
    """Cancel the deletion from one's own page."""
    if service.cancel(request.user):
        messages.success(request, _("Deletion canceled."))
    return redirect("account_profile")


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel the deletion by the link from the e-mail, signed in or not: GET asks, POST cancels.

    410 for a link that is invalid, used or too late.
    """
    deletion = service.from_token(token)
    status = HTTPStatus.OK if deletion else HTTPStatus.GONE
    canceled = request.method == "POST" and deletion is not None and service.cancel(deletion.user)
    context = {"deletion": deletion, "canceled": canceled}
    return render(request, "account/delete_cancel.html", context, status=status)
