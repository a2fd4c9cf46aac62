"""Having one's organization confirmed."""

from __future__ import annotations

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.affiliation import verification
from accounts.models import Voice
from accounts.profile.forms import VoiceForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: HttpRequest) -> HttpResponse:
    """Ask for it: by a letter to an address there where one has one, by an editor otherwise."""
    present = Voice.objects.select_related("organisation").filter(user=request.user).first()
    form = VoiceForm(request.POST or None, initial={"organisation": present and present.organisation_id})
    if request.method != "POST" or not form.is_valid():
        there = {"form": form, "voice": present}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(request, "account/voice.html", there, status=status)
    if not ratelimit.consume(request, action="affiliation", user=request.user):
        return ratelimit.respond_429(request)
    if verification.ask(request.user, form.cleaned_data["organisation"]) == verification.Way.ADDRESS:
        messages.info(request, _("We have sent a letter to your address there. Follow the link in it."))
    else:
        messages.info(request, _("An editor will look at it."))
    return redirect("account_voice")


@login_required
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    verification.withdraw(request.user)
    return redirect("account_voice")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, word: str) -> HttpResponse:
    """Come from the letter: GET asks, POST confirms, for the person it was written to alone."""
    claim = verification.by_token(word, request.user)
    if claim is None:
        return render(request, "account/prove.html", {"claim": None}, status=HTTPStatus.GONE)
    if request.method == "POST":
        verification.accept(request.user, claim)
        return redirect("account_me")
    return render(request, "account/prove.html", {"claim": claim})
