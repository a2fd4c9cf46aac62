"""Which sign-in providers are offered, and allauth's settings.

A provider is offered when ``<NAME>_CLIENT_ID`` and ``<NAME>_CLIENT_SECRET`` are
in the environment. In the demo the others are offered too, and talk to the
stand-in identity provider on this machine. docs/sign-in.md tells where to
register with each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.providers import APPS, Provider, known
from demo.stand_in import endpoints

Config = dict[str, Any]
__all__ = ["APPS", "form_targets", "offers", "settings"]


@dataclass(frozen=True)
class Offer:
    """A provider on offer, and whether the stand-in plays it."""

    provider: Provider
    client_id: str
    secret: str
    stand_in: str = ""

    @property
    def server(self) -> str:
        """Return the address of the OpenID Connect server."""
        if self.stand_in:
            return f"{self.stand_in}/{self.provider.id}"
        return env.text(f"{self.provider.stem}_SERVER_URL").rstrip("/")

    @property
    def browser_origins(self) -> tuple[str, ...]:
        if self.stand_in:
            return (self.stand_in,)
        if self.provider.is_district:
            parts = urlsplit(self.server)
            return (f"{parts.scheme}://{parts.netloc}",)
        return self.provider.browser_origins

    def app(self) -> Config:
        """Return the provider's app as allauth wants it."""
        app: Config = {"client_id": self.client_id, "secret": self.secret, "key": "", "settings": {}}
        if self.provider.is_district:
            stem = self.provider.stem
            app |= {"provider_id": self.provider.id, "name": env.text(f"{stem}_NAME", self.provider.name)}
            app["settings"] = {"server_url": self.server, "logo": logo(f"{stem}_LOGO")}
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
        here = f"{self.stand_in}/microsoft"
        return {"tenant": "common", "login_url": here, "graph_url": here}

    def _stand_in_config(self) -> Config:
        """Return the addresses that allauth or our providers read from the provider's entry."""
        if not self.stand_in or self.provider.is_district or self.provider.id == "microsoft":
            return {}
        here = {deed: self.stand_in + path for deed, path in endpoints.PATHS[self.provider.id].items()}
        common = {"AUTHORIZE_URL": here["authorize"], "ACCESS_TOKEN_URL": here["token"]}
        if self.provider.id == "google":
            issuer = endpoints.issuer(self.stand_in, "google")
            return {
                **common,
                "IDENTITY_URL": here["profile"],
                "CERTS_URL": here["certificates"],
                "ID_TOKEN_ISSUER": issuer,
            }
        if self.provider.id == "facebook":
            return {"AUTHORIZE_URL": here["authorize"], "GRAPH_API_URL": here["profile"].removesuffix("/me")}
        return {**common, "PROFILE_URL": here["profile"]}


def offers(*, port: int, demo: bool) -> list[Offer]:
    """Return what is on offer, in the order readers see it.

    Raises ImproperlyConfigured for half of a pair of credentials.
    """
    return [offer for provider in known() if (offer := _offer(provider, port=port, demo=demo))]


def _offer(provider: Provider, *, port: int, demo: bool) -> Offer | None:
    client_id = env.text(f"{provider.stem}_CLIENT_ID")
    secret = env.text(f"{provider.stem}_CLIENT_SECRET")
    if bool(client_id) != bool(secret):
        raise ImproperlyConfigured(
            f"{provider.stem}_CLIENT_ID and {provider.stem}_CLIENT_SECRET go together; only one is set."
        )
    if client_id:
        if provider.is_district:
            _check_server(f"{provider.stem}_SERVER_URL")
        return Offer(provider, client_id, secret)
    if demo and provider.id in endpoints.PATHS:
        id = provider.id
        return Offer(provider, endpoints.client_id(id), endpoints.client_secret(id), endpoints.origin(port))
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
    """Return the address of a district's sign.

    Raises ImproperlyConfigured for a picture elsewhere: no page asks other hosts for anything.
    """
    address = env.text(variable)
    if address and (not address.startswith("/") or address.startswith("//")):
        raise ImproperlyConfigured(
            f"{variable} is {address!r}; give a path on this site, for instance /static/northern.svg."
        )
    return address


def form_targets(*, port: int, demo: bool) -> list[str]:
    """Return the origins to which a sign-in button may lead a browser, each once."""
    origins = [origin for offer in offers(port=port, demo=demo) for origin in offer.browser_origins]
    return list(dict.fromkeys(origins))


def settings(*, port: int, demo: bool, proxies: int) -> Config:
    """Return all of allauth's settings; ``proxies`` counts those whose X-Forwarded-For is believed."""
    chosen: Config = {**ACCOUNT, **SOCIAL, **MFA}
    offered = offers(port=port, demo=demo)
    chosen["SOCIALACCOUNT_PROVIDERS"] = entries(offered)
    chosen["SIGN_IN_PROVIDERS"] = facts(offered)
    chosen["ALLAUTH_TRUSTED_PROXY_COUNT"] = proxies
    chosen["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] = demo
    return chosen


def entries(offered: list[Offer]) -> Config:
    """Return SOCIALACCOUNT_PROVIDERS: an entry for each kind of provider, with an app for each offer."""
    found: Config = {}
    for offer in offered:
        kind = "openid_connect" if offer.provider.is_district else offer.provider.id
        entry = found.setdefault(kind, {**offer.config(), "APPS": []})
        entry["APPS"].append(offer.app())
    return found


def facts(offered: list[Offer]) -> list[Config]:
    """Return what `manage.py check_sign_in` tells an operator about every provider we know."""
    by_id = {offer.provider.id: offer for offer in offered}
    return [
        {
            "id": one.id,
            "name": env.text(f"{one.stem}_NAME", one.name) if one.is_district else one.name,
            "missing": [variable for variable in one.variables if not env.text(variable)],
            "stand_in": bool(one.id in by_id and by_id[one.id].stand_in),
            "server": by_id[one.id].server if one.is_district and one.id in by_id else "",
        }
        for one in known()
    ]


ACCOUNT: Config = {
    "ACCOUNT_ADAPTER": "accounts.signin.adapter.AccountAdapter",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_USER_DISPLAY": "accounts.signin.names.shown",
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_SIGNUP_FORM_CLASS": "accounts.signin.name_form.NameForm",
    "ACCOUNT_FORMS": {
        "login": "accounts.signin.forms.SignInForm",
        "signup": "accounts.signin.forms.SignUpForm",
        "confirm_email_verification_code": "accounts.signin.forms.AddressCodeForm",
        "confirm_login_code": "accounts.signin.forms.SignInCodeForm",
        "add_email": "accounts.signin.forms.AddressForm",
        "reset_password": "accounts.signin.forms.ForgottenForm",
        "reset_password_from_key": "accounts.signin.forms.NewPasswordForm",
        "change_password": "accounts.signin.forms.ChangePasswordForm",
        "set_password": "accounts.signin.forms.FirstPasswordForm",
        "reauthenticate": "accounts.signin.forms.PasswordAgainForm",
    },
    "ACCOUNT_UNIQUE_EMAIL": True,
    "ACCOUNT_MAX_EMAIL_ADDRESSES": 5,
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
    "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_PREVENT_ENUMERATION": True,
    # As much work, and a letter, whether or not the address has an account.
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": True,
    "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
    "ACCOUNT_SESSION_REMEMBER": True,
}
SOCIAL: Config = {
    "SOCIALACCOUNT_ADAPTER": "accounts.signin.adapter.SocialAdapter",
    "SOCIALACCOUNT_FORMS": {"signup": "accounts.signin.forms.FirstVisitForm"},
    "SOCIALACCOUNT_QUERY_EMAIL": True,
    "SOCIALACCOUNT_LOGIN_ON_GET": False,
    "SOCIALACCOUNT_STORE_TOKENS": False,
    # An address alone opens no account; SocialAdapter says when it may join one.
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": False,
    "SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX": "",
}
MFA: Config = {
    "MFA_ADAPTER": "accounts.signin.mfa_adapter.SecondFactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Colloquy",
    "MFA_PASSKEY_LOGIN_ENABLED": True,
}
