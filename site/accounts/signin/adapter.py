"""allauth's adapters: where its accounts and social sign-in behave as this site wants."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress, Login
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, Provider
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.signin import failed_logins, names, provider_errors, reauthentication, unverified
from accounts.signin.too_many_requests import too_many_requests
from mail import queue
from mail.mailboxes import validate_visible
from public_forms import rate_limits

log = logging.getLogger(__name__)

# E-mails that anybody can have sent to any address. Those about changes to an account are not limited.
ANONYMOUS_EMAILS = {
    f"account/email/{name}"
    for name in (
        "account_already_exists", "email_confirmation", "email_confirmation_signup", "login_code",
        "password_reset_key", "unknown_account",
    )
}  # fmt: skip

MAILBOX_LIMITED = _(
    "We sent several e-mails to this address in the last hour. Look for the newest, also in your spam folder."
)


def is_local(url: str) -> bool:
    """Return whether ``url`` is a path on this site, and nothing a browser reads as another host."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many failed attempts. Wait a few minutes, or sign in another way: with a provider, "
            "a passkey, or a new password (“Forgot your password?”)."
        ),
        "rate_limited": _("Too many requests. Wait a minute, then try again."),
    }

    def is_safe_url(self, url: str) -> bool:
        """Allow paths only: whoever signs in returns to this site, under the same host name."""
        return is_local(url)

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        user.name = form.cleaned_data["name"]
        return super().save_user(request, user, form, commit)

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            # The request did not come through the proxy.
            return request.META["REMOTE_ADDR"]

    def set_password(self, user: User, password: str) -> None:
        unverified.drop_connections(user)
        super().set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the e-mail into the queue. Raises ImmediateHttpResponse (429) if the mailbox got too many."""
        if template_prefix in ANONYMOUS_EMAILS:
            self.check_mailbox_limit(email)
        site = get_current_site(self.request)
        context = {"request": self.request, "email": email, "current_site": site, **context}
        enqueue_message(self.render_mail(template_prefix, email, context))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        # allauth never reauthenticates people who only use a provider, so this comes before its own check.
        if self.request.user.is_authenticated and reauthentication.required(self.request):
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        return super().get_reauthentication_methods(user) or reauthentication.methods(user)

    def clean_email(self, email: str) -> str:
        validate_visible(email)
        return super().clean_email(email)

    def check_mailbox_limit(self, email: str) -> None:
        """Count one more of ANONYMOUS_EMAILS to ``email``, whether or not it has an account."""
        limited = rate_limits.hit(self.request, "account-email", mailbox=email.lower())
        if limited:
            raise ImmediateHttpResponse(
                too_many_requests(self.request, wait=limited.seconds, reason=str(MAILBOX_LIMITED))
            )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Check a password, unless too many were wrong; what counts as too many is in failed_logins."""
        attempt = failed_logins.Attempt(request, credentials.get("email", ""))
        if not attempt.is_allowed:
            raise self.validation_error("too_many_login_attempts")
        user = super().authenticate(request, **credentials)
        if user:
            attempt.forgive()
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing here: allauth counts by account alone, with which anybody could shut it."""

    def is_login_by_code_required(self, login: Login) -> bool:
        """Require a code by e-mail before a provider account is connected to an existing account."""
        return login_to_connect(login.signal_kwargs) is not None or super().is_login_by_code_required(login)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        social_login = login_to_connect(kwargs["signal_kwargs"])
        if social_login:
            social_login.connect(request, user)
        response = super().post_login(request, user, **kwargs)
        failed_logins.remember_browser(request, response, user)
        return response


def login_to_connect(signal_kwargs: dict[str, Any] | None) -> SocialLogin | None:
    """Return the social login that is about to be connected to an existing account, if any."""
    login = (signal_kwargs or {}).get("sociallogin")
    return login if login and login.account.pk is None else None


def verified_emails(login: SocialLogin) -> list[EmailAddress]:
    """Return the addresses that the provider calls verified; a string such as "false" does not count."""
    return [address for address in login.email_addresses if address.verified is True]


def enqueue_message(message: EmailMessage) -> None:
    queue.enqueue(to=message.to[0], subject=str(message.subject), text=str(message.body))


class SocialAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Match an OpenID Connect id exactly: allauth takes "openid_connect" for all of them."""
        apps = super().list_apps(request, provider=provider, client_id=client_id)
        return [app for app in apps if provider in (None, app.provider_id or app.provider)]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        # Not stored, not even in the session of somebody who still has to give a name.
        sociallogin.token = None

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user = sociallogin.user
        name = names.from_profile(sociallogin.account.extra_data)
        user.email = data.get("email") or ""
        user.name = names.truncate(name)
        sociallogin.has_usable_name = bool(name) and user.name == name
        # Id, name and e-mail address are all that is stored of the provider's response.
        sociallogin.account.extra_data = {}
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: BaseForm | None = None) -> User:
        # An unverified address counts only where the person has entered it in the form.
        sociallogin.email_addresses = verified_emails(sociallogin)
        return super().save_user(request, sociallogin, form)

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Ask for a name that is missing or too long, and for an address that is not verified.

        Microsoft in particular gives addresses that receive no e-mail; without
        the question such a person would wait for the code forever.
        """
        return sociallogin.has_usable_name and bool(verified_emails(sociallogin))

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        return {"name": sociallogin.user.name, "email": sociallogin.user.email}

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Return the account with an address that the provider verified.

        That alone signs nobody in: a code sent by e-mail has to be entered first.
        """
        for address in verified_emails(sociallogin):
            user = unverified.account_for_email(address.email)
            if user:
                return user, address.email
        return None

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Show our own error page, with a link back to where the person was."""
        denied = error == AuthError.CANCELLED
        if not denied:
            # The exception's text may contain what the provider sent; its type is enough.
            log.warning("Signing in with %s failed: %s", provider.sub_id, type(exception).__name__)
        state = (extra_context or {}).get("state") or {}
        raise ImmediateHttpResponse(
            provider_errors.render_error(request, provider.name, denied=denied, state=state)
        )
