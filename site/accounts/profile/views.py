"""A person's own page: their profile, their sessions, and the data the site holds about them."""

from __future__ import annotations

import json
from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.affiliation import verification
from accounts.member_request import MemberRequest
from accounts.models import AccountEvent, Affiliation, DeletionRequest, Organisation, User
from accounts.privacy import registry
from accounts.privacy.json_encoder import LocalTimeEncoder
from accounts.profile.forms import PortraitForm, ProfileForm
from accounts.signin import social
from public_forms.checks import check_rate_limit
from public_forms.numbers import parse_number
from public_forms.rejection import RejectedError
from public_forms.responses import rejection_page


@login_required
@require_safe
def profile(request: MemberRequest) -> HttpResponse:
    user = request.user
    context = {
        "connected": [button for button, _account in social.connected_accounts(user)],
        "signed_in_with": social.signed_in_with(request),
        "has_mfa": is_mfa_enabled(user),
        "affiliation": Affiliation.objects.select_related("organisation").filter(user=user).first(),
        "deletion": DeletionRequest.objects.filter(user=user).first(),
        "sections": registry.render_sections(request),
    }
    return render(request, "account/profile.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest) -> HttpResponse:
    """Change name, role and organization; 422 with the form's errors for invalid ones."""
    form = ProfileForm(request.POST or None, initial=ProfileForm.initial_for(request.user))
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "organisations": Organisation.objects.values_list("name", flat=True)}
        return render(request, "account/profile_edit.html", context, status=status_of(form))
    verification.update_profile(request.user, **form.cleaned_data)
    messages.success(request, _("Profile saved."))
    return redirect("account_profile")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def portrait(request: MemberRequest) -> HttpResponse:
    """Save the person's picture, or remove it.

    422 with the form's errors for an invalid file, 429 after too many: each is decoded.
    """
    form = PortraitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "remove" in request.POST:
        change_portrait(request.user, None)
        messages.success(request, _("Picture removed."))
        return redirect("account_profile")
    try:
        if request.FILES:
            check_rate_limit(request, "portrait")
    except RejectedError as rejection:
        return rejection_page(request, rejection)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/portrait.html", {"form": form}, status=status_of(form))
    change_portrait(request.user, form)
    messages.success(request, _("Picture saved."))
    return redirect("account_profile")


def change_portrait(user: User, form: PortraitForm | None) -> None:
    before, storage = user.portrait.name, user.portrait.storage
    user.portrait = form.cleaned_data["portrait"] if form else ""
    user.save(update_fields=["portrait"])
    if before:
        storage.delete(before)


@login_required
@require_safe
def sessions(request: MemberRequest) -> HttpResponse:
    """Show where the person is signed in, the newest session first."""
    newest_first = sorted(own_sessions(request), key=lambda session: session.created_at, reverse=True)
    return render(request, "account/sessions.html", {"sessions": newest_first})


def own_sessions(request: MemberRequest) -> list[UserSession]:
    # A session that was not begun by allauth has no row yet.
    UserSession.objects.create_from_request(request)
    return UserSession.objects.purge_and_list(request.user)


@login_required
@require_POST
def end_session(request: MemberRequest) -> HttpResponse:
    """End one session other than this, or with ``all`` every other; 404 for somebody else's."""
    sessions = [session for session in own_sessions(request) if not session.is_current()]
    if "all" not in request.POST:
        pk = parse_number(request.POST.get("session"))
        own = UserSession.objects.filter(pk__in=[session.pk for session in sessions])
        sessions = [get_object_or_404(own, pk=pk)]
    for session in sessions:
        session.end()
    if sessions:
        audit.record(
            AccountEvent.Action.SESSIONS, person=request.user, details=str(len(sessions)), request=request
        )
        count = len(sessions)
        message = ngettext("Signed out of %(count)d session.", "Signed out of %(count)d sessions.", count)
        messages.success(request, message % {"count": count})
    return redirect("account_sessions")


@reauthentication_required
@require_safe
def data(request: MemberRequest) -> HttpResponse:
    """Download everything the site holds about the person, as one JSON file."""
    text = json.dumps(registry.export(request.user), cls=LocalTimeEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, "my-data.json")
    return response


def status_of(form: Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
