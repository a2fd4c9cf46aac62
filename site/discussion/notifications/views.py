"""Follow and unfollow a discussion, and e-mail preferences: signed in, or by the links in our e-mail."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.member_request import MemberRequest
from accounts.models import User
from discussion.models import Frequency, NotificationPreferences, Subscription
from discussion.notifications import emails
from discussion.notifications.preferences import NotificationPreferencesForm, SubscriptionForm
from discussion.threads.locations import get_commentable_page, page_path
from public_forms import signed_links
from public_forms.checks import public_form
from public_forms.responses import SeeOther, private


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a member follow or unfollow the discussion of a page, or change what they get e-mail about."""
    page = get_commentable_page(request, pk)
    saved = Subscription.objects.filter(page_id=page.pk, member=request.user).select_related("page").first()
    discussion = page_path(page, request)
    if request.method == "POST" and "stop" in request.POST:
        if saved is not None:
            saved.unsubscribe()
        return SeeOther(f"{discussion}#not-following")
    subscription = saved or Subscription(page_id=page.pk, member=request.user)
    form = SubscriptionForm(_post_data(request), instance=subscription, label_suffix="")
    if not form.is_valid():
        context = {"form": form, "page": page, "is_following": saved is not None, "with_session": True}
        return _form_page(request, "discussion/follow.html", form, context)
    # Two clicks at once make one subscription.
    Subscription.objects.update_or_create(page_id=page.pk, member=request.user, defaults=form.cleaned_data)
    is_new = saved is None and form.cleaned_data["frequency"] != Frequency.NEVER
    return SeeOther(f"{discussion}#{'following' if is_new else 'preferences-saved'}")


@public_form(rate="attempt", by_link=True)
@require_http_methods(["GET", "HEAD", "POST"])
def subscription_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever got the link by e-mail change or end one subscription; 404 for a forged or expired link."""
    subscriptions = _subscriptions(token, emails.SUBSCRIPTION_SALT)
    if not subscriptions:
        return render(request, "discussion/unsubscribed.html")
    subscription = subscriptions[0]
    if request.method == "POST" and "stop" in request.POST:
        subscription.unsubscribe()
        return render(request, "discussion/unsubscribed.html")
    form = SubscriptionForm(_post_data(request), instance=subscription, label_suffix="")
    if form.is_valid():
        form.save()
    context = {"form": form, "page": subscription.page, "is_following": True, "saved": form.is_valid()}
    return _form_page(request, "discussion/follow.html", form, context)


@csrf_exempt  # mail programs post here by themselves (RFC 8058), without cookie, token or Origin
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, since mail filters open links; unsubscribe on POST, which may be repeated."""
    subscriptions = _subscriptions(token, emails.UNSUBSCRIBE_SALT)
    if request.method != "POST" and subscriptions:
        return private(render(request, "discussion/unsubscribe.html", {"subscriptions": subscriptions}))
    with transaction.atomic():
        for subscription in subscriptions:
            subscription.unsubscribe()
    return private(render(request, "discussion/unsubscribed.html"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: MemberRequest) -> HttpResponse:
    """Let moderators and owners of pages choose how often they get e-mail; 404 for all others."""
    return _preferences_page(request, request.user, with_session=True)


@public_form(rate="attempt", by_link=True)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever got the link by e-mail choose the same, without signing in."""
    return _preferences_page(request, _user_from_token(token, emails.PREFERENCES_SALT), with_session=False)


@csrf_exempt  # mail programs post here by themselves (RFC 8058), without cookie, token or Origin
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_moderator(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, since mail filters open links; end a moderator's e-mail on POST, which may be repeated."""
    user = _user_from_token(token, emails.UNSUBSCRIBE_MODERATOR_SALT)
    preferences = NotificationPreferences.for_user(user)
    if request.method != "POST" and preferences.moderation_queue != Frequency.NEVER:
        return private(render(request, "discussion/unsubscribe.html"))
    preferences.moderation_queue = Frequency.NEVER
    preferences.save_and_apply()
    return private(render(request, "discussion/unsubscribed.html", {"is_moderator": True}))


def _preferences_page(request: HttpRequest, user: User, *, with_session: bool) -> HttpResponse:
    preferences = NotificationPreferences.for_user(user)
    form = NotificationPreferencesForm(_post_data(request), instance=preferences, label_suffix="")
    if not form.fields:
        raise Http404
    if form.is_valid():
        form.save()
    context = {"form": form, "with_session": with_session, "saved": form.is_valid()}
    return _form_page(request, "discussion/preferences.html", form, context)


def _post_data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _form_page(
    request: HttpRequest, template: str, form: BaseForm, context: dict[str, object]
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return private(render(request, template, context, status=status))


def _ids_from_token(token: str, salt: str) -> list[int]:
    """Return the primary keys in a link, at least one; raises Http404 for a forged or expired one."""
    try:
        ids = signed_links.load_ids(token, salt=salt, max_age=emails.MAX_AGE)
    except signed_links.LinkExpiredError:
        ids = []
    if not ids:
        raise Http404
    return ids


def _subscriptions(token: str, salt: str) -> list[Subscription]:
    """Return those of a link's subscriptions that still exist; raises Http404 as _ids_from_token does."""
    ids = _ids_from_token(token, salt)
    return list(Subscription.objects.filter(pk__in=ids).select_related("page", "member").order_by("pk"))


def _user_from_token(token: str, salt: str) -> User:
    """Return whom a link was sent to; raises Http404 as _ids_from_token does, and where the user is gone."""
    users = User.objects.select_related("notification_preferences").filter(is_active=True)
    user = users.filter(pk__in=_ids_from_token(token, salt)[:1]).first()
    if user is None:
        raise Http404
    return user
