"""The sign-in providers this site knows, and what is particular to each."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

OPENID_CONNECT = "accounts.providers.openid_connect"
NUMBERED = re.compile(r"OIDC_([1-9][0-9]?)_(?:CLIENT_ID|CLIENT_SECRET|SERVER_URL)")


@dataclass(frozen=True)
class Provider:
    """One provider: its allauth id, the prefix of its variables, and what is particular to it.

    ``browser_origins`` are all the origins through which the provider may
    redirect a browser before it shows a page: browsers apply ``form-action``
    to each of them. ``config`` is the provider's entry in allauth's settings.
    """

    id: str
    env_prefix: str
    name: str
    app: str
    browser_origins: tuple[str, ...] = ()
    config: tuple[tuple[str, object], ...] = ()

    @property
    def is_openid_connect(self) -> bool:
        """Whether it speaks OpenID Connect, of which there may be several."""
        return self.app == OPENID_CONNECT

    @property
    def variables(self) -> list[str]:
        """Return the variables without which it is not offered."""
        names = ["CLIENT_ID", "CLIENT_SECRET", *(["SERVER_URL"] if self.is_openid_connect else [])]
        return [f"{self.env_prefix}_{name}" for name in names]


PKCE = ("OAUTH_PKCE_ENABLED", True)
PROVIDERS = [
    Provider(
        id="google",
        env_prefix="GOOGLE",
        name="Google",
        app="accounts.providers.google",
        browser_origins=("https://accounts.google.com",),
        config=(PKCE, ("SCOPE", ["profile", "email"])),
    ),
    Provider(
        id="microsoft",
        env_prefix="MICROSOFT",
        name="Microsoft",
        app="allauth.socialaccount.providers.microsoft",
        browser_origins=("https://login.microsoftonline.com", "https://login.live.com"),
        config=(PKCE, ("SCOPE", ["User.Read"])),
    ),
    Provider(
        id="facebook",
        env_prefix="FACEBOOK",
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
        env_prefix="X",
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
        env_prefix="WORDPRESS",
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
]
APPS = [*(provider.app for provider in PROVIDERS), OPENID_CONNECT]


def openid_connect_providers() -> list[Provider]:
    """Return the OpenID Connect servers: of ``OIDC_…``, then of ``OIDC_1_…`` to ``OIDC_99_…``."""
    numbers = sorted({int(match[1]) for name in os.environ if (match := NUMBERED.fullmatch(name))})
    pairs = [("openid_connect", "OIDC"), *((f"oidc-{number}", f"OIDC_{number}") for number in numbers)]
    return [
        Provider(id=id, env_prefix=prefix, name="OpenID Connect", app=OPENID_CONNECT, config=(PKCE,))
        for id, prefix in pairs
    ]


def all_providers() -> list[Provider]:
    return [*PROVIDERS, *openid_connect_providers()]
