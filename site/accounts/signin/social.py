"""Signing in and out, for rooms that start it from their own forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base import Provider, ProviderException
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from requests import RequestException

from accounts.models import User
from accounts.signin import error_pages
from accounts.signin.adapter import is_local
from accounts.signin.provider_errors import believing_nothing

NAMES = {
    "google": "Google",
    "microsoft": "Microsoft",
    "facebook": "Facebook",
    "x": "X",
    "wordpress": "WordPress.com",
}
ICONS = {"openid_connect": "openid"}


@dataclass(frozen=True)
class Offer:
    """A provider to sign in with: its id, its name, its icon, and what the button says.

    ``logo`` is the path of a picture that stands in for the icon, if there is one.
    """

    id: str
    name: str
    icon: str
    logo: str = ""

    @property
    def label(self) -> str:
        return _("Sign in with %(provider)s") % {"provider": self.name}

    @property
    def connecting(self) -> str:
        return _("Connecting to %(provider)s…") % {"provider": self.name}


def offered() -> list[Offer]:
    """Return what is on offer, always in the same order; costs no query."""
    apps = [(kind, app) for kind, entry in settings.SOCIALACCOUNT_PROVIDERS.items() for app in entry["APPS"]]
    return [offer_of(kind, app) for kind, app in apps]


def offer_of(kind: str, app: dict[str, Any]) -> Offer:
    name = NAMES.get(kind) or app["name"]
    return Offer(
        app.get("provider_id") or kind, name, ICONS.get(kind, kind), app.get("settings", {}).get("logo", "")
    )


def offered_provider(request: HttpRequest, provider_id: str) -> Provider:
    """Raises Http404 for a provider that is not offered."""
    if provider_id not in {offer.id for offer in offered()}:
        raise Http404
    try:
        return get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


def begin_sign_in(
    request: HttpRequest, provider_id: str, *, back_to: str, process: str = "login"
) -> HttpResponse:
    """Send the browser to the provider, and afterwards to ``back_to``, a path on this site.

    Call it from a view that takes POST only: it begins a session. What is in
    the session already stays there. ``process`` is "connect" to add the
    provider to the account of somebody who is signed in. Raises Http404 for a
    provider that is not offered and ValueError for a ``back_to`` elsewhere.
    """
    provider = offered_provider(request, provider_id)
    if not is_local(back_to):
        raise ValueError("A journey ends on this site; back_to must be a path.")
    if request.user.is_authenticated and process != "connect":
        return HttpResponseRedirect(back_to)
    if not ratelimit.consume(request, action="social_login"):
        response = ratelimit.respond_429(request)
        response["Retry-After"] = "60"
        return response
    error_pages.remember(request, back_to)
    try:
        response = believing_nothing(provider.redirect)(request, process=process, next_url=back_to)
    except (ProviderException, RequestException):
        # OpenID Connect asks its server where to go before it sends anybody there.
        return error_pages.page(request, provider.name, denied=False, state={"next": back_to})
    if provider.id == "openid_connect" and response.status_code == HTTPStatus.FOUND:
        return _by_way_of_a_page(request, provider, response)
    return response


def _by_way_of_a_page(request: HttpRequest, provider: Provider, response: HttpResponse) -> HttpResponse:
    """Lead on by a page instead of a redirect.

    A district's server may send browsers on to others that nobody here knows,
    and browsers hold the form-action of our policy against each of them.
    """
    there = {"provider_name": provider.name, "address": response["Location"]}
    return render(request, "socialaccount/on_the_way.html", there)


def sign_out(request: HttpRequest, *, keep: Iterable[str] = ()) -> None:
    """End the session, but carry the keys in ``keep`` over into the next one.

    Keep a draft only for somebody who goes on to sign in with another account.
    """
    kept = {key: request.session[key] for key in keep if key in request.session}
    logout(request)
    if kept:
        request.session.update(kept)


def signed_in_with(request: HttpRequest) -> str | None:
    """Return the name of the provider this session was begun with; None for a password or nobody."""
    if not request.user.is_authenticated:
        return None
    records = get_authentication_records(request, request.user)
    used = [record.get("provider") for record in records if record.get("method") == "socialaccount"]
    names = {offer.id: offer.name for offer in offered()}
    return names.get(used[-1]) if used else None


def connected(user: User) -> list[tuple[Offer, SocialAccount]]:
    """Return the providers' accounts that open ``user``'s, in the order of the offers."""
    offers = {offer.id: offer for offer in offered()}
    accounts = SocialAccount.objects.filter(user=user).order_by("pk")
    return [(offers[one.provider], one) for one in accounts if one.provider in offers]


def vouch_for_address(user: User) -> EmailAddress:
    """Count the address of ``user`` as proven, for accounts made by hand rather than by signing up."""
    about: dict[str, Any] = {"verified": True, "primary": True}
    return EmailAddress.objects.update_or_create(user=user, email=user.email.lower(), defaults=about)[0]
