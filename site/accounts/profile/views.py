"""A reader's own page: who they are here, and what the site holds about them."""

from __future__ import annotations

import json
from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.affiliation import verification
from accounts.models import Leaving, Organisation, Trace, User, Voice
from accounts.privacy import registry
from accounts.profile.forms import AboutForm, PortraitForm
from accounts.signin import social
from public_forms.numbers import parse_number


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    there = {
        "connected": [offer for offer, _account in social.connected(request.user)],
        "signed_in_with": social.signed_in_with(request),
        "second_factor": is_mfa_enabled(request.user),
        "voice": Voice.objects.select_related("organisation").filter(user=request.user).first(),
        "leaving": Leaving.objects.filter(user=request.user).first(),
        "sections": registry.sections(request),
    }
    return render(request, "account/me.html", there)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest) -> HttpResponse:
    """Change the name one speaks under, and what one says about oneself."""
    form = AboutForm(request.POST or None, initial=AboutForm.told_by(request.user))
    if request.method != "POST" or not form.is_valid():
        there = {"form": form, "organisations": Organisation.objects.values_list("name", flat=True)}
        return render(request, "account/about.html", there, status=status_of(form))
    verification.introduce(request.user, **form.cleaned_data)
    return redirect("account_me")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def portrait(request: HttpRequest) -> HttpResponse:
    """Take a picture of the reader, or take it away again."""
    user: User = request.user
    form = PortraitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "remove" in request.POST:
        change_portrait(user, None)
        return redirect("account_me")
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/portrait.html", {"form": form}, status=status_of(form))
    change_portrait(user, form)
    return redirect("account_me")


def change_portrait(user: User, form: PortraitForm | None) -> None:
    before, storage = user.portrait.name, user.portrait.storage
    user.portrait = form.cleaned_data["portrait"] if form else ""
    user.save(update_fields=["portrait"])
    if before:
        storage.delete(before)


@login_required
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where the reader is signed in."""
    there = {"sessions": sorted(own_sessions(request), key=lambda one: one.created_at, reverse=True)}
    return render(request, "account/sessions.html", there)


def own_sessions(request: HttpRequest) -> list[UserSession]:
    # A session begun by other means than the library's is entered when it is first looked at.
    UserSession.objects.create_from_request(request)
    return UserSession.objects.purge_and_list(request.user)


@login_required
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one session other than this, or all of them."""
    others = [one for one in own_sessions(request) if not one.is_current()]
    if "all" not in request.POST:
        chosen = parse_number(request.POST.get("session"))
        others = [get_object_or_404(UserSession, pk=chosen, pk__in=[o.pk for o in others])]
    for one in others:
        one.end()
    if others:
        audit.write(Trace.Deed.SESSIONS, person=request.user, details=str(len(others)), request=request)
        messages.success(request, _("Signed out there."))
    return redirect("account_sessions")


@reauthentication_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Hand over all that the site holds about the reader, as one file."""
    text = json.dumps(registry.export(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def status_of(form: AboutForm | PortraitForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
