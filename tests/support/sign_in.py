"""Playing somebody who signs in from the comment form, in a real browser."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from demo.stand_in.emails import read_emails as sent
from tests.support.pseudo_locale import named
from tests.support.sites import RunningSite

POST = "/blog/our-future-role/"
NAMES = {
    "google": "Google", "microsoft": "Microsoft", "facebook": "Facebook", "x": "X",
    "wordpress": "WordPress.com", "openid_connect": "OpenID Connect",
}  # fmt: skip
VOUCHES = ("google", "wordpress", "openid_connect")
CODE = re.compile(r"^[A-Z0-9]{3,8}(-[A-Z0-9]{3,8})?$", re.MULTILINE)


@dataclass(frozen=True)
class Newcomer:
    """Somebody the stand-in has not met before."""

    name: str
    email: str = ""


def write_a_draft(page: Page, site: RunningSite, words: str, *, at: str = POST) -> None:
    page.goto(site.url + at)
    page.locator("#comment-form").get_by_label(named("Comment")).fill(words)


def press_icon(page: Page, name: str) -> None:
    """Press a provider's icon in the comment form and arrive at the stand-in."""
    page.locator("#comment-form").get_by_role("button", name=f"Sign in with {name}").click()
    expect(page.get_by_role("heading", name=re.compile("^Stand-in for"))).to_be_visible()


def sign_in_as(page: Page, someone: Newcomer) -> None:
    page.get_by_label("Name").fill(someone.name)
    page.get_by_label(named("E-mail address")).fill(someone.email)
    page.get_by_role("button", name="Sign in with a new account").click()


def fill_in_the_rest(page: Page, email: str) -> None:
    """Answer what the provider left open."""
    expect(page.get_by_role("heading", level=1)).to_have_text(named("Almost done"))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Continue").click()


def type_the_code(page: Page, site: RunningSite, email: str) -> None:
    """Type the code of the newest letter to ``email``."""
    expect(page.get_by_role("heading", level=1)).to_have_text(named("Check your e-mail"))
    text = email_to(site, email, containing="enter this code")
    page.get_by_label("Code").fill(CODE.search(text)[0])
    page.get_by_role("button", name="Continue").click()


def email_to(site: RunningSite, email: str, *, containing: str, seconds: float = 30) -> str:
    """Return the text of the newest e-mail to ``email`` that contains ``containing``, once it has come."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        texts = [one.text for one in sent(site.folder / "mail", limit=500) if one.to == email]
        if matching := [text for text in texts if containing in " ".join(text.split())]:
            return matching[0]
        time.sleep(0.2)
    raise AssertionError(f"No e-mail to {email} says {containing!r} within {seconds} s")


def expect_signed_in_with_draft(page: Page, words: str, *, provider: str) -> None:
    """Claim that the reader is where they were, signed in, with what they had written."""
    form = page.locator("#comment-form")
    expect(form).to_contain_text(f"You are commenting using your {provider} account.")
    expect(page).to_have_url(re.compile(rf"{POST}\?talk=\d+#comment-form$"))
    expect(form.get_by_label(named("Comment"))).to_have_value(words)
    expect(form.get_by_role("button", name="Sign out")).to_be_visible()
    expect(form.get_by_role("button", name="Switch account")).to_be_visible()


def expect_signed_out_with_draft(page: Page, words: str) -> None:
    form = page.locator("#comment-form")
    expect(form.get_by_label(named("Comment"))).to_have_value(words)
    expect(form.get_by_role("button", name="Sign in with Google")).to_be_visible()


def posts(page: Page, words: str) -> None:
    page.locator("#comment-form").get_by_role("button", name="Post comment").click()
    expect(page.locator(".comment:target")).to_contain_text(words)
