"""A passkey in a real browser, with an authenticator that Chromium plays: added, then enough to sign in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import browser
from tests.support.account_pages import sign_up
from tests.support.sites import PASSWORD, RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def plug_in_a_key(page: Page) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def add_the_key(page: Page, site: RunningSite, *, alone: bool) -> None:
    """Add it to an account with a password; ``alone`` lets it open the account without one."""
    page.goto(f"{site.url}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Passwordless").set_checked(alone)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def sign_out(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.url}/accounts/logout/")
    page.get_by_role("main").get_by_role("button").first.click()


def test_a_passkey_opens_the_account_without_a_password(chromium: Browser, site: RunningSite):
    # A passkey belongs to a name; a bare number is none.
    named = replace(site, url=site.url.replace("127.0.0.1", "localhost"))
    with browser.person(chromium, elsewhere=("http://localhost",)) as page:
        plug_in_a_key(page)
        sign_up(page, named, "passkey@example.net")
        add_the_key(page, named, alone=True)
        sign_out(page, named)

        page.goto(f"{named.url}/accounts/login/?next=/accounts/me/")
        page.get_by_role("button", name="Sign in with a passkey").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Torrance Tour")


def test_a_key_is_a_second_factor_beside_the_password(chromium: Browser, site: RunningSite):
    named = replace(site, url=site.url.replace("127.0.0.1", "localhost"))
    with browser.person(chromium, elsewhere=("http://localhost",)) as page:
        plug_in_a_key(page)
        sign_up(page, named, "key@example.net")
        add_the_key(page, named, alone=False)
        sign_out(page, named)

        page.goto(f"{named.url}/accounts/login/?next=/accounts/me/")
        page.get_by_label("E-mail address").fill("key@example.net")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("button", name="Use a passkey or security key").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Torrance Tour")
