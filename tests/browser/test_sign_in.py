"""Every provider's journey in a real browser: yes, no, no address, and somebody who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import browser
from tests.support.sign_in import (  # fmt: skip
    NAMES,
    POST,
    VOUCHES,
    Newcomer,
    email_to,
    expect_signed_in_with_draft,
    expect_signed_out_with_draft,
    fill_in_the_rest,
    posts,
    press_icon,
    sign_in_as,
    type_the_code,
    write_a_draft,
)
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Journey = Callable[[Page, RunningSite, str, str], None]


def happy(page: Page, site: RunningSite, id: str, mark: str) -> None:
    email, words = f"happy.{mark}@example.net", f"Yes, gladly. ({mark})"
    write_a_draft(page, site, words)
    press_icon(page, NAMES[id])
    sign_in_as(page, Newcomer(f"Happy {mark}", email))
    if id not in VOUCHES:
        fill_in_the_rest(page, email)
        type_the_code(page, site, email)

    expect_signed_in_with_draft(page, words, provider=NAMES[id])
    posts(page, words)


def denied(page: Page, site: RunningSite, id: str, mark: str) -> None:
    words = f"On second thoughts. ({mark})"
    write_a_draft(page, site, words)
    press_icon(page, NAMES[id])
    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-in canceled")
    page.get_by_role("link", name="Back to the page").click()
    expect_signed_out_with_draft(page, words)


def no_address(page: Page, site: RunningSite, id: str, mark: str) -> None:
    email, words = f"given.{mark}@example.net", f"Ask me for it. ({mark})"
    write_a_draft(page, site, words)
    press_icon(page, NAMES[id])
    sign_in_as(page, Newcomer(f"Reticent {mark}"))
    fill_in_the_rest(page, email)
    type_the_code(page, site, email)

    expect_signed_in_with_draft(page, words, provider=NAMES[id])


def existing_account(page: Page, site: RunningSite, id: str, mark: str) -> None:
    """Join it where the provider vouches for the address; elsewhere the e-mail alone tells of it."""
    email, words = f"known.{mark}@example.net", f"We have met. ({mark})"
    other = "wordpress" if id == "google" else "google"
    known = Newcomer(f"Known {mark}", email)
    sign_in_and_out(page, site, known, other)
    write_a_draft(page, site, words)
    press_icon(page, NAMES[id])
    sign_in_as(page, known)
    if id in VOUCHES:
        type_the_code(page, site, email)
        expect_signed_in_with_draft(page, words, provider=NAMES[id])
        return

    fill_in_the_rest(page, email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your e-mail")
    email_to(site, email, containing="An account with this address already exists.")
    page.get_by_role("button", name="Use a different e-mail address").click()
    page.get_by_role("button", name=NAMES[other], exact=True).click()
    sign_in_as(page, known)
    expect_signed_in_with_draft(page, words, provider=NAMES[other])


def sign_in_and_out(page: Page, site: RunningSite, someone: Newcomer, id: str) -> None:
    page.goto(site.url + POST)
    press_icon(page, NAMES[id])
    sign_in_as(page, someone)
    page.locator("#comment-form").get_by_role("button", name="Sign out").click()
    expect_signed_out_with_draft(page, "")


JOURNEYS: list[Journey] = [happy, denied, no_address, existing_account]
SMALL_CASE = [
    ("google", happy, True), ("openid_connect", denied, True),
    ("x", no_address, False), ("facebook", existing_account, False), ("wordpress", existing_account, True),
]  # fmt: skip


def play(chromium: Browser, site: RunningSite, id: str, journey: Journey, *, javascript: bool) -> None:
    mark = f"{id}.{journey.__name__}.{javascript}".replace("_", "").lower()
    with browser.person(chromium, javascript=javascript) as page:
        journey(page, site, id, mark)


@pytest.mark.parametrize(("id", "journey", "javascript"), SMALL_CASE)
def test_a_draft_and_its_place_survive_the_journey(
    chromium: Browser, site: RunningSite, id: str, journey: Journey, javascript: bool
):
    play(chromium, site, id, journey, javascript=javascript)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_reply_is_still_a_reply_after_signing_in(chromium: Browser, site: RunningSite, javascript: bool):
    with browser.person(chromium, javascript=javascript) as page:
        page.goto(site.url + POST)
        link = page.get_by_role("link", name=re.compile("^Reply to ")).first
        name, address = link.inner_text(), link.get_attribute("href") or ""
        write_a_draft(page, site, "Just so.", at=address)
        press_icon(page, "X")
        sign_in_as(page, Newcomer(f"Rhoda Ply {javascript}"))
        fill_in_the_rest(page, f"rhoda.{javascript}@example.net".lower())
        type_the_code(page, site, f"rhoda.{javascript}@example.net".lower())

        expect_signed_in_with_draft(page, "Just so.", provider="X")
        expect(page.get_by_role("heading", name=" ".join(name.split()))).to_be_visible()


def test_a_reader_is_told_to_whom_the_site_connects(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        write_a_draft(page, site, "Hold on.")
        page.evaluate("addEventListener('submit', (event) => event.preventDefault())")
        page.locator("#comment-form").get_by_role("button", name="Sign in with X").click()

        expect(page.locator("#comment-form").get_by_role("status")).to_have_text("Connecting to X…")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_whoever_changes_accounts_keeps_the_draft(chromium: Browser, site: RunningSite, javascript: bool):
    with browser.person(chromium, javascript=javascript) as page:
        page.goto(site.url + POST)
        press_icon(page, "Google")
        sign_in_as(page, Newcomer("Chandra Nge", f"chandra.{javascript}@example.net".lower()))
        page.locator("#comment-form").get_by_label("Comment", exact=True).fill("As whom?")
        page.locator("#comment-form").get_by_role("button", name="Switch account").click()

        expect_signed_out_with_draft(page, "As whom?")
