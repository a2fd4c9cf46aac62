"""Hostile words through every field, looked at in a real browser: they are words, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from tests import browser, database, hostile, site_runner
from tests.hostile_site import PAPER, POST, Door, Facts, members_doors, plant, strangers_doors
from tests.site_runner import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_some_hostile_words_are_shown_and_do_nothing(chromium: Browser, site: RunningSite):
    throw([*hostile.PAYLOADS[::70], *hostile.NAUGHTY[::250]], chromium, site)


@pytest.mark.soak
@pytest.mark.xdist_group("hostile")  # it has a site of its own, and time enough
@pytest.mark.parametrize("words", [hostile.PAYLOADS, hostile.NAUGHTY], ids=["scripts", "naughty strings"])
def test_all_hostile_words_are_shown_and_do_nothing(
    chromium: Browser, tmp_path, django_db_setup, words: list[str]
):
    with database.another(tmp_path) as address:
        running = site_runner.start(tmp_path, LIMITS="off", DATABASE_URL=address)
        try:
            throw(words, chromium, running)
        finally:
            running.stop()


def test_there_are_enough_of_them():
    assert len(hostile.PAYLOADS) >= 150
    assert len(hostile.NAUGHTY) > 500


def test_a_trap_springs_where_a_page_lets_words_through(chromium: Browser):
    with browser.person(chromium) as page:
        sprung = watch(page)
        for words in ("<script>trap()</script>", "<img src=x onerror=trap()>", "<svg onload=trap()>"):
            show(page, f"<p>{words}</p>")

        page.wait_for_timeout(200)  # what loads calls it a moment later
        assert len(sprung) == 3


def throw(words: list[str], chromium: Browser, site: RunningSite) -> None:
    """Plant ``words`` everywhere and look at every page that shows them; say them at every door."""
    facts = plant(site, words)
    with browser.person(chromium) as page, browser.person(chromium) as bare:
        sprung = watch(page, bare)
        look_at_all(page, site, facts, number=len(words))
        for one in words:
            type_everywhere(page, site.url + POST, one)
            say_at(strangers_doors(facts, one, urlencode), page, bare, site)
        page.context.add_cookies(
            [{"name": name, "value": value, "url": site.url} for name, value in facts["cookies"].items()]
        )
        look(page, f"{site.url}/admin/discussion/")
        for one in words:
            say_at(members_doors(facts, one, urlencode), page, bare, site)
        sheets = [(f"/admin/discussion/inspect/{pk}/", None) for pk in facts["planted"]]
        say_at(sheets, page, bare, site)
        bare.wait_for_timeout(200)
        assert sprung == []


def watch(*pages: Page) -> list[str]:
    """Set the trap in every page to come; return the list of those who stepped into it."""
    sprung: list[str] = []
    for page in pages:
        page.expose_function("trap", lambda page=page: sprung.append(page.content()))
        page.on("dialog", lambda dialog: (sprung.append(dialog.message), dialog.dismiss()))
    return sprung


def look_at_all(page: Page, site: RunningSite, facts: Facts, *, number: int) -> None:
    for sheet in range(1, number // 20 + 3):
        look(page, f"{site.url}{PAPER}?talk={sheet}")
    for address in ("/discussion/", "/", *facts["links"][:20]):
        look(page, f"{site.url}{address}")
    for feed in (f"{PAPER}feed/", "/discussion/feed/"):
        ElementTree.fromstring(page.request.get(f"{site.url}{feed}").text())


def look(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status < 400, f"{answer.status} {address}"


def say_at(doors: Iterable[Door], page: Page, bare: Page, site: RunningSite) -> None:
    """Say words at each door, and show the answer without the site's policy to hold back what it runs."""
    for address, fields in doors:
        door = f"{site.url}{address}"
        answer = page.request.get(door) if fields is None else page.request.post(door, form=dict(fields))
        assert answer.status < 500, f"{answer.status} {address} {fields}"
        show(bare, answer.text())


def show(page: Page, html: str) -> None:
    page.set_content(html, wait_until="load")


def type_everywhere(page: Page, post: str, words: str) -> None:
    """Type the same into every field of the comment form, and ask for the preview."""
    look(page, post)
    form = page.locator("#comment-form")
    form.evaluate("form => { form.noValidate = true; }")
    for name in ("name", "email", "url", "comment"):
        field = form.locator(f"[name={name}]")
        field.evaluate("(field, words) => { field.type = 'text'; field.value = words; }", words)
    with page.expect_navigation() as went:
        form.get_by_role("button", name="Preview", exact=True).click()
    assert went.value.status < 500, words
