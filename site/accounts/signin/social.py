"""Signing in with a provider and signing out, for rooms that start it from their own forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from allauth.account.authentication import get_authentication_records
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
from accounts.signin import provider_errors
from accounts.signin.adapter import is_local
from accounts.signin.provider_errors import as_provider_error

NAMES = {
    "google": "Google",
    "microsoft": "Microsoft",
    "facebook": "Facebook",
    "x": "X",
    "wordpress": "WordPress.com",
}
ICONS = {"openid_connect": "openid"}


@dataclass(frozen=True)
class ProviderButton:
    """A provider to sign in with: its id, its name, its icon, and what the button says.

    ``logo`` is the URL of a picture to show instead of the icon, empty for none.
    """

    id: str
    name: str
    icon: str
    logo: str = ""

    @property
    def label(self) -> str:
        return _("Sign in with %(provider)s") % {"provider": self.name}

    @property
    def connecting_label(self) -> str:
        return _("Connecting to %(provider)s…") % {"provider": self.name}


def provider_buttons() -> list[ProviderButton]:
    """Return the offered providers, always in the same order; costs no query."""
    return [
        button_for(kind, app)
        for kind, entry in settings.SOCIALACCOUNT_PROVIDERS.items()
        for app in entry["APPS"]
    ]


def button_for(kind: str, app: dict[str, Any]) -> ProviderButton:
    return ProviderButton(
        id=app.get("provider_id") or kind,
        name=NAMES.get(kind) or app["name"],
        icon=ICONS.get(kind, kind),
        logo=app.get("settings", {}).get("logo", ""),
    )


def get_provider(request: HttpRequest, provider_id: str) -> Provider:
    """Return the provider. Raises Http404 for one that is not offered."""
    if provider_id not in {button.id for button in provider_buttons()}:
        raise Http404
    try:
        return get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


def start_login(
    request: HttpRequest, provider_id: str, *, return_path: str, process: str = "login"
) -> HttpResponse:
    """Redirect to the provider, and afterwards to ``return_path``, a path on this site.

    Call it from a view that takes POST only: it begins a session. What is in
    the session already stays there. ``process`` is "connect" to add the
    provider to the account of somebody who is signed in. 429 after too many
    attempts. Raises Http404 for a provider that is not offered and ValueError
    for a ``return_path`` on another site.
    """
    provider = get_provider(request, provider_id)
    if not is_local(return_path):
        raise ValueError("return_path must be a path on this site.")
    if request.user.is_authenticated and process != "connect":
        return HttpResponseRedirect(return_path)
    if not ratelimit.consume(request, action="social_login"):
        return ratelimit.respond_429(request)
    provider_errors.store_return_path(request, return_path)
    try:
        response = as_provider_error(provider.redirect)(request, process=process, next_url=return_path)
    except (ProviderException, RequestException):
        # OpenID Connect fetches its server's addresses before it redirects to one of them.
        state = {"next": return_path}
        return provider_errors.render_error(request, provider.name, denied=False, state=state)
    if provider.id == "openid_connect" and response.status_code == HTTPStatus.FOUND:
        return _redirect_page(request, provider, response["Location"])
    return response


def _redirect_page(request: HttpRequest, provider: Provider, url: str) -> HttpResponse:
    """Return a page that leads to ``url``, instead of a redirect.

    An OpenID Connect server may redirect to hosts unknown here, and browsers
    apply the form-action of our Content-Security-Policy to each of them.
    """
    context = {"provider_name": provider.name, "url": url}
    return render(request, "socialaccount/redirecting.html", context)


def sign_out(request: HttpRequest, *, preserve: Iterable[str] = ()) -> None:
    """End the session, but carry the keys in ``preserve`` over into the next one.

    Preserve a draft only for somebody who goes on to sign in with another account.
    """
    preserved = {key: request.session[key] for key in preserve if key in request.session}
    logout(request)
    if preserved:
        request.session.update(preserved)


def signed_in_with(request: HttpRequest) -> str | None:
    """Return the name of the provider this session was begun with; None for a password or nobody."""
    if not request.user.is_authenticated:
        return None
    records = get_authentication_records(request, request.user)
    used = [record.get("provider") for record in records if record.get("method") == "socialaccount"]
    names = {button.id: button.name for button in provider_buttons()}
    return names.get(used[-1]) if used else None


def connected_accounts(user: User) -> list[tuple[ProviderButton, SocialAccount]]:
    """Return the provider accounts connected to ``user``, the oldest first."""
    buttons = {button.id: button for button in provider_buttons()}
    accounts = SocialAccount.objects.filter(user=user).order_by("pk")
    return [(buttons[account.provider], account) for account in accounts if account.provider in buttons]


def mark_email_verified(user: User) -> EmailAddress:
    """Mark the e-mail address of ``user`` as verified, for accounts created without signing up."""
    defaults: dict[str, Any] = {"verified": True, "primary": True}
    return EmailAddress.objects.update_or_create(user=user, email=user.email.lower(), defaults=defaults)[0]
