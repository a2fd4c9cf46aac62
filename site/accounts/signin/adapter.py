"""The one seam between allauth and this site."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress, Login
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, Provider
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.signin import error_pages, names, reauthentication, unverified
from mail import queue
from public_forms import rate_limits

log = logging.getLogger(__name__)

# Letters that come to whoever's address is typed. What tells of changes to an account is never held back.
ASKED_BY_ANYBODY = {
    f"account/email/{name}"
    for name in (
        "account_already_exists", "email_confirmation", "email_confirmation_signup", "login_code",
        "password_reset_key", "unknown_account",
    )
}  # fmt: skip


def is_local(address: str) -> bool:
    """Return whether ``address`` is a path on this site, and nothing a browser reads as another host."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


class AccountAdapter(DefaultAccountAdapter):
    def is_safe_url(self, url: str) -> bool:
        """Allow paths only: a reader who signs in comes back to this site, under no other name of it."""
        return is_local(url)

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        user.name = form.cleaned_data["name"]
        return super().save_user(request, user, form, commit)

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            # Whoever reached the server around a proxy is known by the address itself.
            return request.META["REMOTE_ADDR"]

    def set_password(self, user: User, password: str) -> None:
        unverified.drop_connections(user)
        super().set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix in ASKED_BY_ANYBODY and self.is_full(email):
            return
        about = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        hand_over(self.render_mail(template_prefix, email, {**about, **context}))

    def is_reauthentication_required(self, *, app: str, **about: Any) -> bool:
        # The library asks nothing of people who only sign in elsewhere, so they are stopped before it looks.
        if self.request.user.is_authenticated and reauthentication.is_due(self.request):
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **about)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        return super().get_reauthentication_methods(user) or reauthentication.methods(user)

    def is_full(self, email: str) -> bool:
        """Count one more letter that anybody may have sent to ``email``; say whether that is enough."""
        return rate_limits.hit(self.request, "account-email", mailbox=email.lower()) is not None

    def is_login_by_code_required(self, login: Login) -> bool:
        """Want a mailed code before a provider's account is joined to one that is there already."""
        return joins(login.signal_kwargs) is not None or super().is_login_by_code_required(login)

    def post_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse:
        newcomer = joins(about["signal_kwargs"])
        if newcomer:
            newcomer.connect(request, user)
        return super().post_login(request, user, **about)


def joins(about: dict[str, Any] | None) -> SocialLogin | None:
    """Return the provider's account that this sign-in would add to an account of ours, if any."""
    login = (about or {}).get("sociallogin")
    return login if login and login.account.pk is None else None


def verified(login: SocialLogin) -> list[EmailAddress]:
    """Return the addresses the provider vouches for; a word like "false" is no vouching."""
    return [address for address in login.email_addresses if address.verified is True]


def hand_over(letter: EmailMessage) -> None:
    queue.enqueue(to=letter.to[0], subject=letter.subject, text=letter.body)


class SocialAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Take a district's id for that district alone: one of them bears the name of the kind."""
        apps = super().list_apps(request, provider=provider, client_id=client_id)
        return [app for app in apps if provider in (None, app.provider_id or app.provider)]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        # Not kept, not even in the session of somebody who still has to give a name.
        sociallogin.token = None

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user = sociallogin.user
        whole = names.told(sociallogin.account.extra_data)
        user.email = data.get("email") or ""
        user.name = names.fitting(whole)
        sociallogin.tells_a_name = bool(whole) and user.name == whole
        # The number, the name and the address are all we keep of what the provider said.
        sociallogin.account.extra_data = {}
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: BaseForm | None = None) -> User:
        # What is not verified counts only where the person has written it into the form.
        sociallogin.email_addresses = verified(sociallogin)
        return super().save_user(request, sociallogin, form)

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Ask for a name that is missing or too long, and for an address nobody vouches for.

        Microsoft in particular gives addresses to which no letter can be sent;
        without the question such a reader would wait for a code forever.
        """
        return sociallogin.tells_a_name and bool(verified(sociallogin))

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        return {"name": sociallogin.user.name, "email": sociallogin.user.email}

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Find the account whose address the provider vouches for.

        Nobody is let in by this alone: a mailed code has to be typed first.
        """
        for address in verified(sociallogin):
            holder = unverified.rightful_account(address.email)
            if holder:
                return holder, address.email
        return None

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Answer in our own words, with a way back to where the reader was."""
        denied = error == AuthError.CANCELLED
        if not denied:
            # The exception's text may hold what the provider sent; its kind is enough.
            log.warning("Signing in with %s failed: %s", provider.sub_id, type(exception).__name__)
        state = (extra_context or {}).get("state") or {}
        raise ImmediateHttpResponse(error_pages.page(request, provider.name, denied=denied, state=state))
