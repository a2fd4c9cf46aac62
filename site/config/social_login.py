"""Which sign-in providers are offered, and allauth's settings.

A provider is offered when ``<NAME>_CLIENT_ID`` and ``<NAME>_CLIENT_SECRET`` are
in the environment. In the demo the others are offered too, played by the
stand-in identity provider on this machine. docs/sign-in.md says where to
register with each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.providers import APPS, Provider, all_providers
from demo.stand_in import endpoints

Config = dict[str, Any]
__all__ = ["APPS", "configured_providers", "form_targets", "settings"]


@dataclass(frozen=True)
class ConfiguredProvider:
    """An offered provider with its credentials; ``stand_in`` is the stand-in's origin if that plays it."""

    provider: Provider
    client_id: str
    secret: str
    stand_in: str = ""

    @property
    def server(self) -> str:
        """Return the URL of the OpenID Connect server."""
        if self.stand_in:
            return f"{self.stand_in}/{self.provider.id}"
        return env.text(f"{self.provider.env_prefix}_SERVER_URL").rstrip("/")

    @property
    def browser_origins(self) -> tuple[str, ...]:
        if self.stand_in:
            return (self.stand_in,)
        if self.provider.is_openid_connect:
            parts = urlsplit(self.server)
            return (f"{parts.scheme}://{parts.netloc}",)
        return self.provider.browser_origins

    def app(self) -> Config:
        """Return the provider's app as allauth wants it."""
        app: Config = {"client_id": self.client_id, "secret": self.secret, "key": "", "settings": {}}
        if self.provider.is_openid_connect:
            prefix = self.provider.env_prefix
            app |= {"provider_id": self.provider.id, "name": env.text(f"{prefix}_NAME", self.provider.name)}
            app["settings"] = {"server_url": self.server, "logo": logo(f"{prefix}_LOGO")}
        if self.provider.id == "microsoft":
            app["settings"] = {"tenant": env.text("MICROSOFT_TENANT", "common")}
        if self.stand_in:
            app["settings"] |= self._stand_in_app()
        return app

    def config(self) -> Config:
        """Return the provider's entry in SOCIALACCOUNT_PROVIDERS, without its apps."""
        return {**dict(self.provider.config), **self._stand_in_config()}

    def _stand_in_app(self) -> Config:
        """Return what allauth reads from the app's own settings, at run time."""
        if self.provider.id != "microsoft":
            return {}
        url = f"{self.stand_in}/microsoft"
        return {"tenant": "common", "login_url": url, "graph_url": url}

    def _stand_in_config(self) -> Config:
        """Return the URLs that allauth or our providers read from the provider's entry."""
        if not self.stand_in or self.provider.is_openid_connect or self.provider.id == "microsoft":
            return {}
        paths = endpoints.PATHS[self.provider.id]
        urls = {endpoint: self.stand_in + path for endpoint, path in paths.items()}
        common = {"AUTHORIZE_URL": urls["authorize"], "ACCESS_TOKEN_URL": urls["token"]}
        if self.provider.id == "google":
            issuer = endpoints.issuer(self.stand_in, "google")
            return {
                **common,
                "IDENTITY_URL": urls["profile"],
                "CERTS_URL": urls["certificates"],
                "ID_TOKEN_ISSUER": issuer,
            }
        if self.provider.id == "facebook":
            return {"AUTHORIZE_URL": urls["authorize"], "GRAPH_API_URL": urls["profile"].removesuffix("/me")}
        return {**common, "PROFILE_URL": urls["profile"]}


def configured_providers(*, port: int, demo: bool) -> list[ConfiguredProvider]:
    """Return the offered providers, in the order readers see them; ``port`` is the stand-in's.

    Raises ImproperlyConfigured where only one of two credentials is set, and
    for an OpenID Connect server without a usable address.
    """
    configured = (_configure(provider, port=port, demo=demo) for provider in all_providers())
    return [provider for provider in configured if provider]


def _configure(provider: Provider, *, port: int, demo: bool) -> ConfiguredProvider | None:
    id, prefix = provider.id, provider.env_prefix
    client_id = env.text(f"{prefix}_CLIENT_ID")
    secret = env.text(f"{prefix}_CLIENT_SECRET")
    if bool(client_id) != bool(secret):
        raise ImproperlyConfigured(
            f"{prefix}_CLIENT_ID and {prefix}_CLIENT_SECRET go together; only one is set."
        )
    if client_id:
        if provider.is_openid_connect:
            _check_server(f"{prefix}_SERVER_URL")
        return ConfiguredProvider(provider, client_id, secret)
    if demo and id in endpoints.PATHS:
        return ConfiguredProvider(
            provider, endpoints.client_id(id), endpoints.client_secret(id), endpoints.origin(port)
        )
    return None


def _check_server(variable: str) -> None:
    address = env.text(variable)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ImproperlyConfigured(
            f"{variable} is {address!r}; give the address of the OpenID Connect server, "
            "below which /.well-known/openid-configuration is found."
        )
    if parts.scheme == "http" and not env.is_loopback(address):
        raise ImproperlyConfigured(
            f"{variable} is {address!r}; secrets travel to that server, so it must be https."
        )


def logo(variable: str) -> str:
    """Return the URL of an OpenID Connect server's logo, a path on this site.

    Raises ImproperlyConfigured for any other: pages load nothing from other hosts.
    """
    address = env.text(variable)
    if address and (not address.startswith("/") or address.startswith("//")):
        raise ImproperlyConfigured(
            f"{variable} is {address!r}; give a path on this site, for instance /static/northern.svg."
        )
    return address


def form_targets(*, port: int, demo: bool) -> list[str]:
    """Return the origins to which a sign-in button may lead a browser, each once."""
    providers = configured_providers(port=port, demo=demo)
    return list(dict.fromkeys(origin for provider in providers for origin in provider.browser_origins))


def settings(*, port: int, demo: bool, proxies: int) -> Config:
    """Return all of allauth's settings; ``proxies`` counts those whose X-Forwarded-For is believed."""
    providers = configured_providers(port=port, demo=demo)
    return {
        **ACCOUNT,
        **SOCIAL,
        **MFA,
        "SOCIALACCOUNT_PROVIDERS": allauth_entries(providers),
        "SIGN_IN_PROVIDERS": status_report(providers),
        "ALLAUTH_TRUSTED_PROXY_COUNT": proxies,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": demo,
    }


def allauth_entries(providers: list[ConfiguredProvider]) -> Config:
    """Return SOCIALACCOUNT_PROVIDERS: an entry for each kind of provider, with an app for each provider."""
    entries: Config = {}
    for configured in providers:
        provider = configured.provider
        kind = "openid_connect" if provider.is_openid_connect else provider.id
        entry = entries.setdefault(kind, {**configured.config(), "APPS": []})
        entry["APPS"].append(configured.app())
    return entries


def status_report(providers: list[ConfiguredProvider]) -> list[Config]:
    """Return what `manage.py check_sign_in` reports about every known provider, offered or not."""
    by_id = {configured.provider.id: configured for configured in providers}
    return [_status(provider, by_id.get(provider.id)) for provider in all_providers()]


def _status(provider: Provider, configured: ConfiguredProvider | None) -> Config:
    openid_connect = provider.is_openid_connect
    return {
        "id": provider.id,
        "name": env.text(f"{provider.env_prefix}_NAME", provider.name) if openid_connect else provider.name,
        "missing": [variable for variable in provider.variables if not env.text(variable)],
        "stand_in": bool(configured and configured.stand_in),
        "server": configured.server if openid_connect and configured else "",
    }


ACCOUNT: Config = {
    "ACCOUNT_ADAPTER": "accounts.signin.adapter.AccountAdapter",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_USER_DISPLAY": "accounts.signin.names.display_name",
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_SIGNUP_FORM_CLASS": "accounts.signin.names.NameForm",
    "ACCOUNT_FORMS": {
        "login": "accounts.signin.forms.SignInForm",
        "signup": "accounts.signin.forms.SignUpForm",
        "confirm_email_verification_code": "accounts.signin.forms.EmailCodeForm",
        "confirm_login_code": "accounts.signin.forms.SignInCodeForm",
        "add_email": "accounts.signin.forms.AddEmailForm",
        "reset_password": "accounts.signin.forms.PasswordResetForm",
        "reset_password_from_key": "accounts.signin.forms.NewPasswordForm",
        "change_password": "accounts.signin.forms.ChangePasswordForm",
        "set_password": "accounts.signin.forms.SetPasswordForm",
        "reauthenticate": "accounts.signin.forms.ReauthenticateForm",
    },
    "ACCOUNT_UNIQUE_EMAIL": True,
    "ACCOUNT_MAX_EMAIL_ADDRESSES": 5,
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
    "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_PREVENT_ENUMERATION": True,
    # The same work, and an e-mail, whether or not the address has an account.
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": True,
    "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
    "ACCOUNT_SESSION_REMEMBER": True,
}
SOCIAL: Config = {
    "SOCIALACCOUNT_ADAPTER": "accounts.signin.adapter.SocialAdapter",
    "SOCIALACCOUNT_FORMS": {"signup": "accounts.signin.forms.SocialSignupForm"},
    "SOCIALACCOUNT_QUERY_EMAIL": True,
    "SOCIALACCOUNT_LOGIN_ON_GET": False,
    "SOCIALACCOUNT_STORE_TOKENS": False,
    # An e-mail address alone signs nobody in; SocialAdapter says when accounts may be connected.
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": False,
    "SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX": "",
}
MFA: Config = {
    "MFA_ADAPTER": "accounts.signin.mfa.MFAAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Colloquy",
    "MFA_PASSKEY_LOGIN_ENABLED": True,
}
