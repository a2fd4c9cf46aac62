"""manage.py check_sign_in"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

TIMEOUT = 5  # seconds
DISCOVERY_KEYS = ["issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"]


class Command(BaseCommand):
    help = (
        "Lists the sign-in providers: which are offered, what settings are missing, and their callback URLs."
    )
    requires_system_checks = "__all__"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--ask",
            action="store_true",
            help="also fetch and check the configuration of every OpenID Connect server",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        problems = base_url_problems(settings.BASE_URL)
        for provider in settings.SIGN_IN_PROVIDERS:
            self.stdout.write(f"{provider['name']} ({provider['id']}): {describe(provider)}")
            self.stdout.write(f"    Callback URL: {callback_url(provider['id'])}")
            if options["ask"] and provider["server"] and not provider["stand_in"]:
                problems += [
                    f"{provider['name']}: {problem}" for problem in server_problems(provider["server"])
                ]
        if all(provider["missing"] and not provider["stand_in"] for provider in settings.SIGN_IN_PROVIDERS):
            self.stdout.write("No provider is offered. People can sign in with a password only.")
        if problems:
            raise CommandError("\n".join(problems))


def callback_url(provider_id: str) -> str:
    return f"{settings.BASE_URL}/accounts/{provider_id}/login/callback/"


def describe(provider: dict[str, Any]) -> str:
    if provider["stand_in"]:
        return "offered, played by the demo's stand-in"
    if provider["missing"]:
        return f"not offered: set {', '.join(provider['missing'])}"
    return "offered"


def base_url_problems(base_url: str) -> list[str]:
    parts = urlsplit(base_url)
    if parts.scheme == "https" or parts.hostname in ("127.0.0.1", "localhost", "::1"):
        return []
    return [f"BASE_URL is {base_url}; providers redirect to https addresses only. Use one that is https."]


def server_problems(server: str) -> list[str]:
    """Return what is wrong with the discovery document of an OpenID Connect server."""
    try:
        response = requests.get(f"{server}/.well-known/openid-configuration", timeout=TIMEOUT)
        response.raise_for_status()
        document = response.json()
    except (requests.RequestException, ValueError) as error:
        return [f"{server} did not respond as an OpenID Connect server: {type(error).__name__}"]
    if not isinstance(document, dict):
        document = {}
    problems = [f"its configuration has no {key}" for key in DISCOVERY_KEYS if not document.get(key)]
    if not problems and str(document["issuer"]).rstrip("/") != server:
        problems.append(f"its issuer is {document['issuer']}; use that as the server URL")
    return problems
