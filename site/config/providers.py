"""The sign-in providers this site knows, and what is particular to each."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

OPENID_CONNECT = "accounts.providers.openid_connect"
NUMBERED = re.compile(r"OIDC_([1-9][0-9]?)_(?:CLIENT_ID|CLIENT_SECRET|SERVER_URL)")


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

    @property
    def is_district(self) -> bool:
        """Whether it speaks OpenID Connect, of which there may be several."""
        return self.app == OPENID_CONNECT

    @property
    def variables(self) -> list[str]:
        """Return the variables without which it is not offered."""
        words = ["CLIENT_ID", "CLIENT_SECRET", *(["SERVER_URL"] if self.is_district else [])]
        return [f"{self.stem}_{word}" for word in words]


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
]
APPS = [*(provider.app for provider in PROVIDERS), OPENID_CONNECT]


def districts() -> list[Provider]:
    """Return the OpenID Connect servers: of ``OIDC_…``, then of ``OIDC_1_…`` to ``OIDC_99_…``."""
    numbers = sorted({int(found[1]) for name in os.environ if (found := NUMBERED.fullmatch(name))})
    pairs = [("openid_connect", "OIDC"), *((f"oidc-{number}", f"OIDC_{number}") for number in numbers)]
    return [
        Provider(id=id, stem=stem, name="OpenID Connect", app=OPENID_CONNECT, config=(PKCE,))
        for id, stem in pairs
    ]


def known() -> list[Provider]:
    return [*PROVIDERS, *districts()]
