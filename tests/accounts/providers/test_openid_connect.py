"""A district's own server signs its people in: one written by others, in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.signin import social
from mail.models import QueuedEmail
from tests.settings import free_port
from tests.support.oidc_server import CLIENT, PASSWORD, SECRET, TEACHER
from tests.support.paths import ROOT
from tests.support.stand_in import SITE, finish_login, fresh_limits, reader, sign_in, stand_in, start_login

__all__ = ["fresh_limits", "stand_in"]
pytestmark = pytest.mark.django_db
CALLBACK = f"{SITE}/accounts/oidc-7/login/callback/"
OTHERS = os.environ.get("OIDC_PROVIDER_MODULES", "")


def wait_for(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()[1]
        try:
            if requests.get(address, timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    pytest.fail(f"Nothing answers at {address}.")


def running(words: list[str], base: str):
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(f"{base}/.well-known/openid-configuration", process)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    port = free_port()
    script = ROOT / "tests/support/oidc_server.py"
    folder = str(tmp_path_factory.mktemp("district"))
    yield from running([sys.executable, str(script), port, folder, CALLBACK], f"http://127.0.0.1:{port}")


@pytest.fixture(scope="module")
def foreign():
    if not OTHERS:
        pytest.skip("OIDC_PROVIDER_MODULES names no folder with the npm package oidc-provider.")
    port = free_port()
    script = ROOT / "tests/support/oidc_server.mjs"
    words = ["node", str(script), port, CALLBACK, CLIENT, SECRET, str(Path(OTHERS).resolve())]
    yield from running(words, f"http://127.0.0.1:{port}")


@pytest.fixture
def offer(settings):
    """Offer a district's server beside the others."""

    def add(server: str, **others: str) -> None:
        entry = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        app = {
            "provider_id": "oidc-7", "name": "Northern District", "client_id": CLIENT, "secret": SECRET,
            "key": "", "settings": {"server_url": server}, **others,
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {
            **settings.SOCIALACCOUNT_PROVIDERS,
            "openid_connect": {**entry, "APPS": [*entry["APPS"], app]},
        }

    return add


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a form, as a browser would send them."""
    tags = re.findall(r"<input[^>]+>", page)
    hidden = [tag for tag in tags if 'type="hidden"' in tag and "name=" in tag]
    form = {}
    for tag in hidden:
        value = re.search(r'value="([^"]*)"', tag)
        form[re.search(r'name="([^"]+)"', tag)[1]] = unescape(value[1]) if value else ""
    return form


class Browser:
    """Somebody at the district's server, who stops where it sends them back to us."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.at = ""
        self.page = ""

    def follow(self, response: requests.Response) -> str | None:
        while response.is_redirect:
            there = urljoin(response.url, response.headers["Location"])
            if there.startswith(SITE):
                return there
            response = self.session.get(there, allow_redirects=False, timeout=10)
        assert response.ok, response.text
        self.at, self.page = response.url, response.text
        return None

    def open(self, address: str) -> str | None:
        return self.follow(self.session.get(address, allow_redirects=False, timeout=10))

    def send(self, **typed: object) -> str | None:
        action = re.search(r'<form[^>]+action="([^"]+)"', self.page)
        there = urljoin(self.at, unescape(action[1])) if action else self.at
        response = self.session.post(
            there, data={**fields(self.page), **typed}, allow_redirects=False, timeout=10
        )
        return self.follow(response)


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def test_a_teacher_signs_in_with_the_districts_account(client, district, offer):
    offer(district)
    browser = Browser()
    browser.open(start_login(client, "oidc-7", next="/blog/"))
    browser.send(login=TEACHER, password=PASSWORD)

    back = browser.send(scopes=["openid", "profile", "email"], action="grant")
    response = client.get(path_of(back))

    assert response.url == "/blog/"
    assert reader(client).name == "Wilma Lindqvist"
    assert reader(client).email == TEACHER
    assert not QueuedEmail.objects.exists()
    account = SocialAccount.objects.get()
    assert (account.provider, account.extra_data) == ("oidc-7", {})
    assert client.get("/accounts/me/").context["signed_in_with"] == "Northern District"


def test_a_teacher_who_says_no_is_brought_back(client, district, offer):
    offer(district)
    browser = Browser()
    browser.open(start_login(client, "oidc-7", next="/blog/"))
    browser.send(login=TEACHER, password=PASSWORD)

    response = client.get(path_of(browser.send(action="deny")))

    assert response.status_code == 200
    assert 'href="/blog/"' in response.content.decode()
    assert reader(client) is None


def test_a_wrong_secret_of_the_site_lets_nobody_in(client, district, offer):
    offer(district, secret="forgotten")
    browser = Browser()
    browser.open(start_login(client, "oidc-7"))
    browser.send(login=TEACHER, password=PASSWORD)

    response = client.get(path_of(browser.send(scopes=["openid"], action="grant")))

    assert response.status_code == 400
    assert reader(client) is None


@pytest.mark.usefixtures("stand_in")
def test_the_same_number_at_two_districts_is_two_people(client, offer, settings):
    offer(f"http://127.0.0.1:{settings.STAND_IN_PORT}/openid_connect", client_id="demo-openid_connect",
          secret="no-secret-openid_connect")  # fmt: skip
    sign_in(Client(), "openid_connect", "maria")

    response = finish_login(client, "oidc-7", "maria")

    assert response.url == "/accounts/login/code/confirm/"
    assert reader(client) is None
    assert SocialAccount.objects.get().provider == "openid_connect"


def test_a_district_is_offered_under_its_name_and_sign(client, offer):
    offer("http://127.0.0.1:1", settings={"server_url": "http://127.0.0.1:1", "logo": "/static/northern.svg"})

    page = client.get("/accounts/login/").content.decode()

    assert social.provider_buttons()[-1].label == "Sign in with Northern District"
    assert 'action="/accounts/oidc-7/login/"' in page
    assert 'src="/static/northern.svg"' in page


def test_a_server_written_in_another_language_signs_in_too(client, foreign, offer):
    offer(foreign)
    browser = Browser()
    browser.open(start_login(client, "oidc-7", next="/blog/"))
    browser.send(login="wilma", password="anything")

    response = client.get(path_of(browser.send(prompt="consent")))

    assert response.url == "/blog/"
    assert reader(client).email == "wilma@northern.k12.example"
