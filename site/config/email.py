"""How e-mail is sent, and which provider reports bounces and complaints.

``EMAIL_URL`` names a mail server, a folder, or a provider with a web service for
sending. ``MAIL_WEBHOOK_PROVIDER`` names the provider that reports bounces and
complaints, whichever way e-mail is sent. See docs/operating.md.
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
MAILGUN_EU_URL = "https://api.eu.mailgun.net/v3"
TIMEOUT = 20  # seconds for a connection to the mail server or provider
MIN_SECRET_LENGTH = 20


def settings(address: str) -> Config:
    """Return Django's and anymail's settings about e-mail."""
    from_provider = urlsplit(address).scheme in PROVIDERS
    email, anymail = _by_provider(address) if from_provider else (_by_server(address), {})
    webhook_provider, secret = _webhook()
    result: Config = {
        "MAIL_WEBHOOK_PROVIDER": webhook_provider,
        # Postmark would replace the Message-ID, by which mail programs recognize a second copy.
        "EMAIL_EXTRA_HEADERS": {"X-PM-KeepID": "true"} if "POSTMARK_SERVER_TOKEN" in anymail else {},
    }
    if django.VERSION >= (6, 1):
        result["MAILERS"] = {"default": env.mailer(email)}
    else:
        result |= {**email, "EMAIL_TIMEOUT": TIMEOUT}
    if anymail or webhook_provider:
        result["ANYMAIL"] = {**anymail, **secret}
    return result


def _by_server(address: str) -> Config:
    email = environ.Env.email_url_config(address)
    if email["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
        email["EMAIL_BACKEND"] = "mail.international.EmailBackend"
    if folder := env.email_folder(address):
        email["EMAIL_FILE_PATH"] = folder
    return email


def _by_provider(address: str) -> tuple[Config, Config]:
    """Return the settings for a provider's web service, which need no host and no password."""
    parts = urlsplit(address)
    if not parts.username or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL lacks the key or the part after the @; "
            "use postmark://SERVER-TOKEN@outbound or mailgun://API-KEY@mg.example.org."
        )
    key = unquote(parts.username)
    anymail: Config = {
        "REQUESTS_TIMEOUT": TIMEOUT,
        # No tracking pixel, no tracked links.
        "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
    }
    if parts.scheme == "postmark":
        anymail |= {"POSTMARK_SERVER_TOKEN": key, "POSTMARK_MESSAGE_STREAM": parts.hostname}
    else:
        anymail |= {"MAILGUN_API_KEY": key, "MAILGUN_SENDER_DOMAIN": parts.hostname}
        if parse_qs(parts.query).get("region") == ["eu"]:
            anymail["MAILGUN_API_URL"] = MAILGUN_EU_URL
    return {"EMAIL_BACKEND": f"anymail.backends.{parts.scheme}.EmailBackend"}, anymail


def _webhook() -> tuple[str, Config]:
    """Return the provider that reports bounces, and the setting that authenticates its requests.

    Raises ImproperlyConfigured without a secret: anybody could stop anybody's e-mail.
    """
    provider = env.choice("MAIL_WEBHOOK_PROVIDER", "none", among=["none", *PROVIDERS])
    if provider == "none":
        return "", {}
    secret = env.text("MAIL_WEBHOOK_SECRET")
    if len(secret) < MIN_SECRET_LENGTH:
        raise ImproperlyConfigured(
            f"MAIL_WEBHOOK_SECRET must be set with MAIL_WEBHOOK_PROVIDER={provider}, "
            f"to {MIN_SECRET_LENGTH} characters or more."
        )
    if provider == "mailgun":
        return provider, {"MAILGUN_WEBHOOK_SIGNING_KEY": secret}
    if ":" not in secret:
        raise ImproperlyConfigured(
            "MAIL_WEBHOOK_SECRET must have the form name:password, which is what Postmark sends."
        )
    return provider, {"WEBHOOK_SECRET": secret}
