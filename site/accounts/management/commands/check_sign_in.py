"""manage.py check_sign_in"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

WAIT = 5  # seconds


class Command(BaseCommand):
    help = "Tells for every provider whether it is offered, what is missing, and which address to register."
    requires_system_checks = "__all__"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--ask", action="store_true", help="also ask every OpenID Connect server what it publishes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        troubles = troubles_with(settings.BASE_URL)
        for provider in settings.SIGN_IN_PROVIDERS:
            self.stdout.write(f"{provider['name']} ({provider['id']}): {state_of(provider)}")
            self.stdout.write(f"    address to register: {callback(provider['id'])}")
            if options["ask"] and provider["server"] and not provider["stand_in"]:
                found = troubles_of_server(provider["server"])
                troubles += [f"{provider['name']}: {trouble}" for trouble in found]
        if all(provider["missing"] and not provider["stand_in"] for provider in settings.SIGN_IN_PROVIDERS):
            self.stdout.write("No provider is offered; readers sign in with a password only.")
        if troubles:
            raise CommandError("\n".join(troubles))


def callback(id: str) -> str:
    return f"{settings.BASE_URL}/accounts/{id}/login/callback/"


def state_of(provider: dict[str, Any]) -> str:
    if provider["stand_in"]:
        return "played by the stand-in of the demo"
    if provider["missing"]:
        return f"not offered; set {', '.join(provider['missing'])}"
    return "offered"


def troubles_with(base: str) -> list[str]:
    parts = urlsplit(base)
    if parts.scheme == "https" or parts.hostname in ("127.0.0.1", "localhost", "::1"):
        return []
    return [f"BASE_URL is {base}; providers send people back to https addresses only."]


def troubles_of_server(server: str) -> list[str]:
    """Return what is wrong with what an OpenID Connect server publishes about itself."""
    try:
        answer = requests.get(f"{server}/.well-known/openid-configuration", timeout=WAIT)
        answer.raise_for_status()
        told = answer.json()
    except (requests.RequestException, ValueError) as error:
        return [f"{server} does not answer as an OpenID Connect server: {type(error).__name__}"]
    needed = ["issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"]
    troubles = [
        f"it publishes no {name}" for name in needed if not isinstance(told, dict) or not told.get(name)
    ]
    if not troubles and str(told["issuer"]).rstrip("/") != server:
        troubles.append(f"it calls itself {told['issuer']}; set that as the server's address")
    return troubles
