"""Every page of an account, as somebody comes by it; each stop is yielded once the page is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.support import two_step
from tests.support.pseudo_locale import named
from tests.support.sign_in import (
    NAMES,
    Newcomer,
    email_to,
    fill_in_the_rest,
    press_icon,
    sign_in_as,
    type_the_code,
)
from tests.support.sign_in import POST as POST  # where most of them begin
from tests.support.sites import PASSWORD, RunningSite

OPEN = [
    "login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/1-nothing/",
    "inactive/", "connections/login/cancelled/", "connections/login/error/", "google/login/", "keep/nothing/",
]  # fmt: skip
OWN = [
    "me/", "me/about/", "me/portrait/", "me/sessions/", "me/organization/", "email/",
    "me/organization/confirm/nothing/", "connections/", "x/login/?process=connect", "logout/",
    "password/change/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/",
]  # fmt: skip
Stops = Iterator[str]


def strangers(page: Page, site: RunningSite, mark: str) -> Stops:
    """Pages for who has no account: open ones, wrong input, a provider that leaves questions open."""
    for path in OPEN:
        page.goto(f"{site.url}/accounts/{path}")
        yield path
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_label("E-mail address").fill("nobody@example.net")
    page.get_by_label(named("Password")).fill("not the right one")
    submit(page, "Sign in")
    yield "login/ with a wrong password"
    page.goto(f"{site.url}/accounts/signup/")
    page.get_by_label("Your name").fill("an@address.example")
    page.get_by_label("E-mail address").fill("no address")
    page.get_by_label(named("Password")).fill("short")
    submit(page, "Create an account")
    yield "signup/ with three mistakes"
    yield from by_way_of_x(page, site, f"tour.x.{mark}@example.net")


def by_way_of_x(page: Page, site: RunningSite, email: str) -> Stops:
    page.goto(site.url + POST)
    press_icon(page, "X")
    sign_in_as(page, Newcomer(email.partition("@")[0]))
    expect(page.get_by_role("heading", level=1)).to_have_text(named("Almost done"))
    yield "connections/signup/"
    submit(page, "Continue")
    yield "connections/signup/ with a mistake"
    fill_in_the_rest(page, email)
    yield "confirm-email/"
    page.get_by_label("Code").fill("WRONG-CODE")
    submit(page, "Continue")
    yield "confirm-email/ with a wrong code"
    type_the_code(page, site, email)
    page.goto(f"{site.url}/accounts/me/again/")
    yield "me/again/"
    page.get_by_role("button", name="Send code").click()
    yield "me/again/ with a code on its way"
    page.goto(f"{site.url}/accounts/password/set/")
    yield "password/set/"


def troubles(page: Page, site: RunningSite, mark: str) -> Stops:
    """What may become of a journey to a provider."""
    for choice in ("Cancel", "The provider fails (500)"):
        page.goto(site.url + POST)
        press_icon(page, NAMES["google"])
        page.get_by_role("button", name=choice).click()
        yield choice
    page.route(f"{site.stand_in}/openid_connect/authorize**", lambda route: route.fulfill(status=204))
    page.goto(site.url + POST)
    page.get_by_role("button", name="Sign in with OpenID Connect").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(named("Connecting to OpenID Connect…"))
    yield "on the way"


def members(page: Page, site: RunningSite, mark: str) -> Stops:
    """Pages for who has an account, from its beginning to its end."""
    email = f"tour.{mark}@example.net"
    sign_up(page, site, email)
    for path in OWN:
        page.goto(f"{site.url}/accounts/{path}")
        yield path
    page.goto(f"{site.url}/accounts/me/about/")
    page.get_by_label("Your name").fill("an@address.example")
    submit(page, "Save")
    yield "me/about/ with a mistake"
    page.goto(f"{site.url}/accounts/me/leave/")
    yield "reauthenticate/"
    page.get_by_label(named("Password")).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    yield "me/leave/"
    page.get_by_role("button", name="Delete my account").click()
    yield "me/ of who is about to leave"
    page.goto(link_in(email_to(site, email, containing="/accounts/keep/"), site))
    yield "keep/"
    page.get_by_role("main").get_by_role("button").first.click()
    yield "keep/ when it is kept"
    page.goto(f"{site.url}/accounts/email/")
    page.get_by_label("E-mail address").fill(f"second.{email}")
    page.get_by_role("button", name="Add").click()
    yield "confirm-email/ for another address"
    type_the_code(page, site, f"second.{email}")  # with one that is not proven there is no second factor
    page.goto(f"{site.url}/accounts/email/")
    yield "email/ with two"
    yield from second_factor(page, site, email)


def second_factor(page: Page, site: RunningSite, email: str) -> Stops:
    page.goto(f"{site.url}/accounts/2fa/totp/activate/")
    yield "2fa/totp/activate/"
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill("000000")
    submit(page, "Set up")
    yield "2fa/totp/activate/ with a wrong code"
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(two_step.app_code(secret))
    submit(page, "Set up")
    yield "2fa/recovery-codes/"
    for path in ("2fa/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "2fa/reauthenticate/"):
        page.goto(f"{site.url}/accounts/{path}")
        yield path
    page.goto(f"{site.url}/accounts/logout/")
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label(named("Password")).fill(PASSWORD)
    page.get_by_role("button", name=named("Sign in")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(named("Two-step verification"))
    yield "2fa/authenticate/"


def link_in(email: str, site: RunningSite) -> str:
    """Return the first address in a letter, on the server at hand."""
    return site.url + urlsplit(re.search(r"http\S+", email)[0]).path


def sign_up(page: Page, site: RunningSite, email: str) -> None:
    page.goto(f"{site.url}/accounts/signup/")
    page.get_by_label("Your name").fill("Torrance Tour")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label(named("Password")).fill(PASSWORD)
    page.get_by_role("button", name="Create an account").click()
    type_the_code(page, site, email)


def submit(page: Page, name: str) -> None:
    """Press a button as a browser that checks nothing by itself."""
    page.wait_for_load_state()
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=named(name)).click()


def initial_of(client, place: str) -> dict[str, object]:
    """What a form would send back untouched."""
    panels = client.get(place).context["panels_by_tab"].values()
    forms = [panel.get_form() for tab in panels for panel in tab]
    bound = [field for form in forms for field in form]
    return {field.html_name: field.value() for field in bound if field.value() not in (None, False)}
