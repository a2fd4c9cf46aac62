"""Following a talk: beginning, changing, stopping; by one's session or by the link in a letter."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from discussion.models import Frequency, NotificationPreferences, Subscription
from discussion.moderation import emails as moderation_emails
from discussion.notifications.emails import CHANGE, GOOD_FOR, STOP
from discussion.notifications.preferences import FollowForm, NotificationPreferencesForm
from discussion.threads.locations import get_commentable_page, page_path
from public_forms import signed_links
from public_forms.checks import check_same_origin
from public_forms.rejection import Rejected
from public_forms.responses import SeeOther, private, rejection_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a member follow the talk under a page, or say otherwise what they want to be told of."""
    page = get_commentable_page(request, pk)
    mine = Subscription.objects.filter(page_id=page.pk, member=request.user).select_related("page").first()
    if request.method == "POST" and "stop" in request.POST:
        if mine is not None:
            mine.unsubscribe()
        return SeeOther(f"{page_path(page, request)}#discussion")
    following = mine or Subscription(page_id=page.pk, member=request.user)
    form = FollowForm(request.POST if request.method == "POST" else None, instance=following, label_suffix="")
    if not form.is_valid():
        context = {"form": form, "page": page, "follows": mine is not None, "is_members": True}
        return private(render(request, "discussion/follow.html", context, status=status_of(form)))
    # Two clicks at once are one wish.
    Subscription.objects.update_or_create(page_id=page.pk, member=request.user, defaults=form.cleaned_data)
    return SeeOther(f"{page_path(page, request)}#discussion")


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever was written to say what they want to be told of, by the link in the letter."""
    found = followed_by(token, CHANGE)
    if not found:
        return private(render(request, "discussion/stopped.html"))
    following = found[0]
    if request.method == "POST":
        try:
            check_same_origin(request)
        except Rejected as refused:
            return private(rejection_page(request, refused))
        if "stop" in request.POST:
            following.unsubscribe()
            return private(render(request, "discussion/stopped.html"))
    form = FollowForm(request.POST if request.method == "POST" else None, instance=following, label_suffix="")
    if form.is_valid():
        form.save()
    context = {"form": form, "page": following.page, "follows": True, "saved": form.is_valid()}
    return private(render(request, "discussion/follow.html", context, status=status_of(form)))


@csrf_exempt  # mail programs post here by themselves (RFC 8058), without cookie, token or Origin
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, since mail filters open links; stop on POST, at once and as often as one likes."""
    found = followed_by(token, STOP)
    if request.method != "POST" and found:
        return private(render(request, "discussion/stop.html", {"followed": found}))
    with transaction.atomic():
        for following in found:
            following.unsubscribe()
    return private(render(request, "discussion/stopped.html"))


def followed_by(token: str, salt: str) -> list[Subscription]:
    """Return what a link is for and still followed; raises Http404 for a link of nobody's making."""
    try:
        numbers = signed_links.load_ids(token, salt=salt, max_age=GOOD_FOR)
    except signed_links.LinkExpired:
        numbers = []
    if not numbers:
        raise Http404
    return list(Subscription.objects.filter(pk__in=numbers).select_related("page", "member").order_by("pk"))


def status_of(form: FollowForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest) -> HttpResponse:
    """Let a member who looks after something say how they want to be told; 404 for all others."""
    return asked(request, request.user, is_members=True)


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(["GET", "HEAD", "POST"])
def by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever was written to say the same, without signing in."""
    member = member_in(token, moderation_emails.CHANGE)
    if request.method == "POST":
        try:
            check_same_origin(request)
        except Rejected as refused:
            return private(rejection_page(request, refused))
    return asked(request, member, is_members=False)


@csrf_exempt  # mail programs post here by themselves (RFC 8058), without cookie, token or Origin
@require_http_methods(["GET", "HEAD", "POST"])
def stop_asking(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, since mail filters open links; tell a moderator no more on POST, as often as one likes."""
    wishes = NotificationPreferences.for_user(member_in(token, moderation_emails.STOP))
    if request.method != "POST" and wishes.moderation_queue != Frequency.NEVER:
        return private(render(request, "discussion/stop.html"))
    wishes.moderation_queue = Frequency.NEVER
    wishes.save_and_apply()
    return private(render(request, "discussion/stopped.html", {"of_the_desk": True}))


def asked(request: HttpRequest, member: User, *, is_members: bool) -> HttpResponse:
    form = NotificationPreferencesForm(
        request.POST if request.method == "POST" else None,
        instance=NotificationPreferences.for_user(member),
        label_suffix="",
    )
    if not form.fields:
        raise Http404
    if form.is_valid():
        form.save()
    about = {"form": form, "is_members": is_members, "saved": form.is_valid()}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return private(render(request, "discussion/wishes.html", about, status=status))


def member_in(token: str, salt: str) -> User:
    """Return whom a link is for; raises Http404 for a link of nobody's making, or of somebody who is gone."""
    try:
        numbers = signed_links.load_ids(token, salt=salt, max_age=GOOD_FOR)
    except signed_links.LinkExpired:
        numbers = []
    found = (
        User.objects.select_related("notification_preferences")
        .filter(pk__in=numbers[:1], is_active=True)
        .first()
    )
    if found is None:
        raise Http404
    return found
