"""Where the stand-in answers, and the credentials it gives to everybody."""

from __future__ import annotations

NAMES = {
    "google": "Google",
    "microsoft": "Microsoft",
    "facebook": "Facebook",
    "x": "X",
    "wordpress": "WordPress.com",
    "openid_connect": "an OpenID Connect server",
}

# Below each provider's own folder the paths are those of the real provider.
PATHS: dict[str, dict[str, str]] = {
    "google": {
        "authorize": "/google/o/oauth2/v2/auth",
        "token": "/google/token",
        "profile": "/google/oauth2/v2/userinfo",
        "certificates": "/google/oauth2/v1/certs",
        "discovery": "/google/.well-known/openid-configuration",
        "keys": "/google/oauth2/v3/certs",
    },
    "microsoft": {
        "authorize": "/microsoft/common/oauth2/v2.0/authorize",
        "token": "/microsoft/common/oauth2/v2.0/token",
        "profile": "/microsoft/v1.0/me",
    },
    "facebook": {
        "authorize": "/facebook/dialog/oauth",
        "token": "/facebook/oauth/access_token",
        "profile": "/facebook/me",
        "inspect": "/facebook/debug_token",
    },
    "x": {
        "authorize": "/x/i/oauth2/authorize",
        "token": "/x/2/oauth2/token",
        "profile": "/x/2/users/me",
    },
    "wordpress": {
        "authorize": "/wordpress/oauth2/authorize",
        "token": "/wordpress/oauth2/token",
        "profile": "/wordpress/rest/v1.1/me/",
    },
    "openid_connect": {
        "discovery": "/openid_connect/.well-known/openid-configuration",
        "authorize": "/openid_connect/authorize",
        "token": "/openid_connect/token",
        "profile": "/openid_connect/userinfo",
        "keys": "/openid_connect/jwks",
    },
}


SIGNING_PROVIDERS = ("google", "openid_connect")  # those that give ID tokens


def origin(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def issuer(base: str, provider: str) -> str:
    """Return the name under which the stand-in signs for ``provider``; ``base`` is its origin."""
    return f"{base}/{provider}"


def client_id(provider: str) -> str:
    return f"demo-{provider}"


def client_secret(provider: str) -> str:
    """Return what everybody may know: it opens nothing but this stand-in."""
    return f"no-secret-{provider}"
