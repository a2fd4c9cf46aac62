"""Moderators and owners of pages say how they want to be told, by their session or by a link in a letter."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from discussion import links
from discussion.desk_letters import CHANGE, STOP
from discussion.follow_letters import GOOD_FOR
from discussion.models import Rhythm, Wishes
from discussion.refusals import Refused, refuse_foreign
from discussion.showing import said_no
from discussion.views.confirming import private
from discussion.wishes_form import WishesForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest) -> HttpResponse:
    """Let a member who looks after something say how they want to be told; 404 for all others."""
    return asked(request, request.user, is_members=True)


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(["GET", "HEAD", "POST"])
def by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever was written to say the same, without signing in."""
    member = member_in(token, CHANGE)
    if request.method == "POST":
        try:
            refuse_foreign(request)
        except Refused as refused:
            return private(said_no(request, refused))
    return asked(request, member, is_members=False)


@csrf_exempt  # mail programs post here by themselves (RFC 8058), without cookie, token or Origin
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, since mail filters open links; tell a moderator no more on POST, as often as one likes."""
    wishes = Wishes.of(member_in(token, STOP))
    if request.method != "POST" and wishes.desk != Rhythm.NEVER:
        return private(render(request, "discussion/stop.html"))
    wishes.desk = Rhythm.NEVER
    wishes.keep()
    return private(render(request, "discussion/stopped.html", {"of_the_desk": True}))


def asked(request: HttpRequest, member: User, *, is_members: bool) -> HttpResponse:
    form = WishesForm(
        request.POST if request.method == "POST" else None, instance=Wishes.of(member), label_suffix=""
    )
    if not form.fields:
        raise Http404
    if form.is_valid():
        form.save()
    about = {"form": form, "is_members": is_members, "saved": form.is_valid()}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return private(render(request, "discussion/wishes.html", about, status=status))


def member_in(token: str, purpose: str) -> User:
    """Return whom a link is for; raises Http404 for a link of nobody's making, or of somebody who is gone."""
    try:
        numbers = links.numbers_in(token, purpose, good_for=GOOD_FOR)
    except links.TooLate:
        numbers = []
    found = User.objects.select_related("wishes").filter(pk__in=numbers[:1], is_active=True).first()
    if found is None:
        raise Http404
    return found
