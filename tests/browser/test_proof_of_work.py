"""A site that asks guests for proof of work: nobody notices, with scripts or without, but a flood."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import browser, sites
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
POST = "/blog/our-future-role/"


@pytest.fixture(scope="module")
def asking(site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("asking")
    with sites.beside(site, folder, PROOF_OF_WORK="on", RATE_LIMITS="unproven=1/d/site") as running:
        yield running


def write(page: Page, site: RunningSite, name: str, *, path: str = POST) -> None:
    page.goto(site.url + path)
    form = page.locator("form.comment-form").first
    form.get_by_label("Comment", exact=True).fill(f"{name} was here.")
    form.get_by_label("Name").fill(name)
    form.get_by_label("E-mail", exact=True).fill(f"{name}@example.net".lower())


def post(page: Page) -> None:
    page.get_by_role("button", name="Post comment").first.click()


def test_guests_prove_work_while_they_write_and_others_need_not(chromium: Browser, asking: RunningSite):
    with browser.person(chromium, javascript=False) as page:
        write(page, asking, "Nora")
        post(page)
        expect(page).to_have_url(re.compile("/discussion/sent/"))
        assert "/discussion/confirm/" in asking.newest_email_to("nora@example.net")

        write(page, asking, "Norbert")
        post(page)
        expect(page.get_by_role("alert")).to_contain_text("turn on JavaScript")
        expect(page.get_by_label("Comment", exact=True)).to_have_value("Norbert was here.")

    with browser.person(chromium) as page:
        write(page, asking, "Petra")
        expect(page.locator("#comment-form[action] input[data-proof=done]")).to_have_count(1)
        post(page)
        expect(page).to_have_url(re.compile("/discussion/sent/"))
        assert "/discussion/confirm/" in asking.newest_email_to("petra@example.net")

        page.go_back()
        write(page, asking, "Paula")
        expect(page.locator("#comment-form input[data-proof=done]")).to_have_count(1)
        page.get_by_role("button", name="Preview").click()
        expect(page.get_by_role("heading", name="Preview")).to_be_visible()
        page.get_by_label("Name").focus()
        expect(page.locator("input[data-proof=done]")).to_have_count(1)
        post(page)
        expect(page).to_have_url(re.compile("/discussion/sent/"))

        page.goto(asking.url + POST)
        page.get_by_role("link", name=re.compile("^Reply to ")).first.click()
        reply = page.locator("[data-reply-place] form")
        reply.get_by_label("Comment", exact=True).fill("An answer with a proof.")
        expect(reply.locator("input[data-proof=done]")).to_have_count(1)
        assert page.locator("#comment-form input[data-proof]").count() == 0
