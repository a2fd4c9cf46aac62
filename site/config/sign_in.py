"""Which sign-in providers are offered, and allauth's settings.

A provider is offered when ``<NAME>_CLIENT_ID`` and ``<NAME>_CLIENT_SECRET`` are
in the environment. In the demo the others are offered too, and talk to the
stand-in identity provider on this machine. docs/sign-in.md tells where to
register with each.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from demo.stand_in import addresses

Config = dict[str, object]


@dataclass(frozen=True)
class Provider:
    """One provider: its allauth id, the stem of its variables, and what is particular to it.

    ``browser_origins`` are all the origins through which the provider may send
    a browser before it shows a page: browsers hold ``form-action`` against each
    hop. ``config`` is the provider's entry in allauth's settings.
    """

    id: str
    stem: str
    name: str
    app: str
    browser_origins: tuple[str, ...] = ()
    config: tuple[tuple[str, object], ...] = ()


PKCE = ("OAUTH_PKCE_ENABLED", True)
PROVIDERS = [
    Provider(
        id="google",
        stem="GOOGLE",
        name="Google",
        app="accounts.providers.google",
        browser_origins=("https://accounts.google.com",),
        config=(PKCE, ("SCOPE", ["profile", "email"])),
    ),
    Provider(
        id="microsoft",
        stem="MICROSOFT",
        name="Microsoft",
        app="allauth.socialaccount.providers.microsoft",
        browser_origins=("https://login.microsoftonline.com", "https://login.live.com"),
        config=(PKCE, ("SCOPE", ["User.Read"])),
    ),
    Provider(
        id="facebook",
        stem="FACEBOOK",
        name="Facebook",
        app="allauth.socialaccount.providers.facebook",
        browser_origins=("https://www.facebook.com", "https://m.facebook.com"),
        # No PKCE: allauth fetches Facebook's token by GET and leaves the verifier out.
        config=(
            ("VERSION", "v24.0"),
            ("SCOPE", ["public_profile", "email"]),
            ("FIELDS", ["id", "name", "email"]),
        ),
    ),
    Provider(
        id="x",
        stem="X",
        name="X",
        app="accounts.providers.x",
        browser_origins=("https://x.com",),
        config=(
            PKCE,
            ("AUTHORIZE_URL", "https://x.com/i/oauth2/authorize"),
            ("ACCESS_TOKEN_URL", "https://api.x.com/2/oauth2/token"),
            ("PROFILE_URL", "https://api.x.com/2/users/me"),
        ),
    ),
    Provider(
        id="wordpress",
        stem="WORDPRESS",
        name="WordPress.com",
        app="accounts.providers.wordpress",
        browser_origins=("https://public-api.wordpress.com", "https://wordpress.com"),
        config=(
            PKCE,
            ("AUTHORIZE_URL", "https://public-api.wordpress.com/oauth2/authorize"),
            ("ACCESS_TOKEN_URL", "https://public-api.wordpress.com/oauth2/token"),
            ("PROFILE_URL", "https://public-api.wordpress.com/rest/v1.1/me/"),
        ),
    ),
    Provider(
        id="openid_connect",
        stem="OIDC",
        name="OpenID Connect",
        app="accounts.providers.openid_connect",
        config=(PKCE,),
    ),
]
APPS = [provider.app for provider in PROVIDERS]


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
        if self.provider.id == "openid_connect":
            parts = urlsplit(self.server)
            return (f"{parts.scheme}://{parts.netloc}",)
        return self.provider.browser_origins

    def config(self) -> Config:
        """Return the provider's entry in SOCIALACCOUNT_PROVIDERS."""
        app: Config = {"client_id": self.client_id, "secret": self.secret, "key": ""}
        if self.provider.id == "openid_connect":
            name = env.text("OIDC_NAME", self.provider.name)
            app |= {"provider_id": self.provider.id, "name": name, "settings": {"server_url": self.server}}
        if self.provider.id == "microsoft":
            app["settings"] = {"tenant": env.text("MICROSOFT_TENANT", "common")}
        if self.stand_in:
            app["settings"] = {**dict(app.get("settings") or {}), **self._stand_in_app()}
        return {**dict(self.provider.config), **self._stand_in_config(), "APPS": [app]}

    def _stand_in_app(self) -> Config:
        """Return what allauth reads from the app's own settings, at run time."""
        if self.provider.id != "microsoft":
            return {}
        here = f"{self.stand_in}/microsoft"
        return {"tenant": "common", "login_url": here, "graph_url": here}

    def _stand_in_config(self) -> Config:
        """Return the addresses that allauth or our providers read from the provider's entry."""
        if not self.stand_in or self.provider.id in ("microsoft", "openid_connect"):
            return {}
        here = {deed: self.stand_in + path for deed, path in addresses.PATHS[self.provider.id].items()}
        common = {"AUTHORIZE_URL": here["authorize"], "ACCESS_TOKEN_URL": here["token"]}
        if self.provider.id == "google":
            issuer = addresses.issuer(self.stand_in, "google")
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
    return [offer for provider in PROVIDERS if (offer := _offer(provider, port=port, demo=demo))]


def _offer(provider: Provider, *, port: int, demo: bool) -> Offer | None:
    client_id = env.text(f"{provider.stem}_CLIENT_ID")
    secret = env.text(f"{provider.stem}_CLIENT_SECRET")
    if bool(client_id) != bool(secret):
        raise ImproperlyConfigured(
            f"{provider.stem}_CLIENT_ID and {provider.stem}_CLIENT_SECRET go together; only one is set."
        )
    if client_id:
        if provider.id == "openid_connect":
            _check_server(env.text("OIDC_SERVER_URL"))
        return Offer(provider, client_id, secret)
    if demo:
        id = provider.id
        return Offer(provider, addresses.client_id(id), addresses.client_secret(id), addresses.origin(port))
    return None


def _check_server(address: str) -> None:
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise ImproperlyConfigured(
            f"OIDC_SERVER_URL is {address!r}; give the address of the OpenID Connect server, "
            "below which /.well-known/openid-configuration is found."
        )


def form_targets(*, port: int, demo: bool) -> list[str]:
    """Return the origins to which a sign-in button may lead a browser, each once."""
    origins = [origin for offer in offers(port=port, demo=demo) for origin in offer.browser_origins]
    return list(dict.fromkeys(origins))


def settings(*, port: int, demo: bool, limits: bool, proxies: int) -> Config:
    """Return all of allauth's settings; ``proxies`` counts those whose X-Forwarded-For is believed."""
    chosen: Config = {**ACCOUNT, **SOCIAL, **MFA}
    chosen["SOCIALACCOUNT_PROVIDERS"] = {
        offer.provider.id: offer.config() for offer in offers(port=port, demo=demo)
    }
    chosen["ALLAUTH_TRUSTED_PROXY_COUNT"] = proxies
    chosen["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] = demo
    if not limits:
        chosen["ACCOUNT_RATE_LIMITS"] = chosen["MFA_RATE_LIMITS"] = False
    return chosen


ACCOUNT: Config = {
    "ACCOUNT_ADAPTER": "accounts.adapter.AccountAdapter",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_USER_DISPLAY": "accounts.names.shown",
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_SIGNUP_FORM_CLASS": "accounts.name_form.NameForm",
    "ACCOUNT_FORMS": {
        "login": "accounts.forms.SignInForm",
        "signup": "accounts.forms.SignUpForm",
        "confirm_email_verification_code": "accounts.forms.AddressCodeForm",
        "confirm_login_code": "accounts.forms.SignInCodeForm",
    },
    "ACCOUNT_RATE_LIMITS": {"set_out": "60/m/ip"},
    "ACCOUNT_UNIQUE_EMAIL": True,
    "ACCOUNT_MAX_EMAIL_ADDRESSES": 5,
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
    "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_PREVENT_ENUMERATION": True,
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
    "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
    "ACCOUNT_SESSION_REMEMBER": True,
}
SOCIAL: Config = {
    "SOCIALACCOUNT_ADAPTER": "accounts.adapter.SocialAdapter",
    "SOCIALACCOUNT_FORMS": {"signup": "accounts.forms.FirstVisitForm"},
    "SOCIALACCOUNT_QUERY_EMAIL": True,
    "SOCIALACCOUNT_LOGIN_ON_GET": False,
    "SOCIALACCOUNT_STORE_TOKENS": False,
    # An address alone opens no account; SocialAdapter says when it may join one.
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": False,
    "SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX": "",
}
MFA: Config = {
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Colloquy",
    "MFA_PASSKEY_LOGIN_ENABLED": False,
}
