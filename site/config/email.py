"""To whom letters are handed, and who tells us of those that come back.

``EMAIL_URL`` names a mail server, a folder, or a provider whose web service
takes letters. ``MAIL_WEBHOOK_PROVIDER`` names the provider that tells of bounces and
complaints; letters may go to it by either way. docs/operating.md tells how.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import django
import environ
from django.core.exceptions import ImproperlyConfigured

from config import env

Config = dict[str, Any]

PROVIDERS = ("postmark", "mailgun")
EUROPE = "https://api.eu.mailgun.net/v3"
TIME_LIMIT = 20  # seconds that one mail server may take
SHORTEST_SECRET = 20


def settings(address: str) -> Config:
    """Return everything of Django's and anymail's settings that has to do with letters."""
    from_provider = urlsplit(address).scheme in PROVIDERS
    email, anymail = _by_provider(address) if from_provider else (_by_server(address), {})
    events, secret = _events()
    chosen: Config = {
        "MAIL_WEBHOOK_PROVIDER": events,
        # Postmark would replace the Message-ID, by which a second copy is known.
        "EMAIL_EXTRA_HEADERS": {"X-PM-KeepID": "true"} if "POSTMARK_SERVER_TOKEN" in anymail else {},
    }
    if django.VERSION >= (6, 1):
        chosen["MAILERS"] = {"default": env.mailer(email)}
    else:
        chosen |= {**email, "EMAIL_TIMEOUT": TIME_LIMIT}
    if anymail or events:
        chosen["ANYMAIL"] = {**anymail, **secret}
    return chosen


def _by_server(address: str) -> Config:
    email = environ.Env.email_url_config(address)
    if folder := env.email_folder(address):
        email["EMAIL_FILE_PATH"] = folder
    return email


def _by_provider(address: str) -> tuple[Config, Config]:
    """Return the settings for a provider's web service, which need no host and no password."""
    parts = urlsplit(address)
    if not parts.username or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL lacks the key or the part behind it; "
            "use postmark://SERVER-TOKEN@outbound or mailgun://API-KEY@mg.example.org."
        )
    key = unquote(parts.username)
    anymail: Config = {
        "REQUESTS_TIMEOUT": TIME_LIMIT,
        # No picture that tells when a letter is opened, no detour of its links.
        "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
    }
    if parts.scheme == "postmark":
        anymail |= {"POSTMARK_SERVER_TOKEN": key, "POSTMARK_MESSAGE_STREAM": parts.hostname}
    else:
        anymail |= {"MAILGUN_API_KEY": key, "MAILGUN_SENDER_DOMAIN": parts.hostname}
        if parse_qs(parts.query).get("region") == ["eu"]:
            anymail["MAILGUN_API_URL"] = EUROPE
    return {"EMAIL_BACKEND": f"anymail.backends.{parts.scheme}.EmailBackend"}, anymail


def _events() -> tuple[str, Config]:
    """Return which provider tells of letters that come back, and by what we know that it is they.

    Raises ImproperlyConfigured without a secret: anybody could stop anybody's letters.
    """
    provider = env.choice("MAIL_WEBHOOK_PROVIDER", "none", among=["none", *PROVIDERS])
    if provider == "none":
        return "", {}
    secret = env.text("MAIL_WEBHOOK_SECRET")
    if len(secret) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"MAIL_WEBHOOK_SECRET has to be set with MAIL_WEBHOOK_PROVIDER={provider}, "
            f"to {SHORTEST_SECRET} characters or more."
        )
    if provider == "mailgun":
        return provider, {"MAILGUN_WEBHOOK_SIGNING_KEY": secret}
    if ":" not in secret:
        raise ImproperlyConfigured("MAIL_WEBHOOK_SECRET is no name:password, which is what Postmark sends.")
    return provider, {"WEBHOOK_SECRET": secret}
