"""Signing in through the real library, with the stand-in as every provider.

A test module asks for it by ``from tests.support.stand_in import stand_in`` and
``pytestmark = pytest.mark.usefixtures("stand_in")``.
"""

from __future__ import annotations

import re
import threading
from functools import cache as cache_once
from html import unescape
from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings
from django.core.cache import cache

from accounts.models import User
from accounts.signin import social
from demo.stand_in.server import StandIn
from mail.models import QueuedEmail
from tests.support.factories import make_user

SITE = "http://testserver"
MARIA = "maria.alvarez@example.com"
PASSWORD = "tumbling wheat bins"
PROVIDERS = ["google", "microsoft", "facebook", "x", "wordpress", "openid_connect"]
CODE = re.compile(r"^[A-Z0-9]{3,8}(-[A-Z0-9]{3,8})?$", re.MULTILINE)
ONWARD = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)">')


@cache_once
def started() -> StandIn:
    server = StandIn("127.0.0.1", settings.STAND_IN_PORT, sites=[SITE, settings.BASE_URL], slow=2)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def stand_in() -> StandIn:
    """The stand-in on the port that the settings promise, the same one for every module that asks."""
    return started()


@pytest.fixture(autouse=True)
def fresh_limits():
    """Nobody is slowed down by what another test did."""
    cache.clear()


def start_login(client, provider: str, *, next: str = "/about/", process: str = "login") -> str:
    """Press the button of ``provider``; return the address at the provider."""
    response = client.post(f"/accounts/{provider}/login/", {"next": next, "process": process})
    if response.status_code == 302:
        return response["Location"]
    return unescape(ONWARD.search(response.content.decode())[1])


def choose(address: str, choice: str) -> str:
    """Press a button on the provider's page; return the address it sends back to, without the host."""
    response = requests.post(address, data={"choice": choice}, allow_redirects=False, timeout=10)
    assert response.status_code == 303, response.text
    parts = urlsplit(response.headers["Location"])
    assert f"{parts.scheme}://{parts.netloc}" == SITE
    return f"{parts.path}?{parts.query}"


def finish_login(client, provider: str, choice: str, *, next: str = "/about/", process: str = "login"):
    """Travel to ``provider`` and back; return the site's first answer."""
    return client.get(choose(start_login(client, provider, next=next, process=process), choice))


def sign_in(client, provider: str, choice: str = "maria", *, next: str = "/about/"):
    """Travel there and back and answer what is asked on the way; return the last answer."""
    response = finish_login(client, provider, choice, next=next)
    if response.url == "/accounts/connections/signup/":
        form = client.get(response.url).context["form"]
        filled = {"name": form.initial["name"], "email": form.initial["email"] or f"{choice}@example.com"}
        response = client.post(response.url, filled)
    if response.url == "/accounts/confirm-email/":
        response = client.post(response.url, {"code": mailed_code()})
    return response


def mailed_code() -> str:
    return CODE.search(QueuedEmail.objects.latest("pk").text)[0]


def make_member(email: str = MARIA, **fields) -> User:
    """Somebody whose address is proven, with a password."""
    member = make_user(email=email, password=PASSWORD, **fields)
    social.mark_email_verified(member)
    return member


def reader(client) -> User | None:
    """Who the site thinks is reading."""
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()
