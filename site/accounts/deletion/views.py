"""Deleting one's account: what stays is said first, and for a week it can be taken back."""

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
from accounts.models import Leaving
from accounts.models.deletion import WAIT


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; a POST begins the wait."""
    may = service.may_leave(request.user)
    if request.method == "POST" and may:
        if not ratelimit.consume(request, action="delete_account", user=request.user):
            return ratelimit.respond_429(request)
        service.ask(request.user)
        return redirect("account_me")
    there = {
        "may_leave": may,
        "days": WAIT.days,
        "leaving": Leaving.objects.filter(user=request.user).first(),
    }
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    return render(request, "account/leave.html", there, status=status)


@login_required
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Take the wish back from one's own page."""
    if service.keep(request.user):
        messages.success(request, _("Your account stays."))
    return redirect("account_me")


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, word: str) -> HttpResponse:
    """Take the wish back from the letter, signed in or not: GET asks, POST does."""
    found = service.by_token(word)
    if found is None:
        return render(request, "account/keep.html", {"found": False}, status=HTTPStatus.GONE)
    if request.method == "POST":
        service.keep(found.user)
        return render(request, "account/keep.html", {"found": True, "kept": True})
    return render(request, "account/keep.html", {"found": True, "kept": False})
