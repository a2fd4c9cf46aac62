"""A paper read page by page in a real browser, and talked about."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.support import browser
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAPER = "/papers/building-capacity-in-small-districts/"
SENTENCE = "A saving that ends in a worse service is a cut."
each_way = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])


@each_way
def test_a_paper_is_opened_searched_and_turned_page_by_page(
    chromium: Browser, site: RunningSite, javascript: bool
):
    with browser.person(chromium, javascript=javascript) as page:
        page.goto(site.url + PAPER)
        page.get_by_role("link", name="Read online").click()
        expect(page).to_have_url(re.compile("/read/$"))

        page.get_by_label("Search this white paper").fill('"a worse service"')
        page.locator("[data-reader]").get_by_role("button", name="Search").click()
        page.get_by_role("link", name="p. 9", exact=True).click()

        expect(page.locator("mark").first).to_have_text("a worse service")
        picture = page.get_by_role("img", name=re.compile("Page 9 as printed"))
        expect(picture).to_be_visible()
        assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 1400
        page.get_by_role("link", name="Next", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Page 10 of")


def test_arrow_keys_turn_pages_but_not_while_one_types(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        page.goto(f"{site.url}{PAPER}read/9/")
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile("/read/10/$"))
        page.wait_for_load_state()
        page.keyboard.press("ArrowLeft")
        expect(page).to_have_url(re.compile("/read/9/$"))

        page.get_by_label("Search this white paper").fill("bus")
        page.keyboard.press("ArrowLeft")

        expect(page).to_have_url(re.compile("/read/9/$"))


def test_the_reader_fits_a_narrow_screen(chromium: Browser, site: RunningSite):
    with browser.person(chromium, width=320) as page:
        for address in (f"{PAPER}read/9/", f"{PAPER}read/9/?zoom=300&q=saving"):
            page.goto(site.url + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320


@each_way
def test_somebody_discusses_a_page_and_the_thread_leads_back_to_it(
    chromium: Browser, site: RunningSite, javascript: bool
):
    kind = "js" if javascript else "plain"
    words = f"I would put this on the wall. ({kind})"
    with browser.person(chromium, javascript=javascript) as page:
        page.goto(f"{site.url}{PAPER}read/9/")
        if javascript:
            select(page, SENTENCE)
            page.get_by_role("link", name="Comment on the selected text").click()
            expect(page.get_by_role("main")).to_contain_text(f"On p. 9: {SENTENCE}")
        else:
            page.get_by_role("link", name="Comment on this page").click()
            expect(page.get_by_role("main")).to_contain_text("On p. 9")
        page.get_by_label("Comment", exact=True).fill(words)
        page.get_by_role("button", name="Sign in with Google").first.click()
        page.get_by_role("button", name=re.compile("Maria Alvarez")).first.click()
        form = page.locator("#comment-form")
        expect(form).to_contain_text("On p. 9")
        form.get_by_role("button", name="Post comment").click()

        said = page.locator(".comment:target")
        expect(said).to_contain_text(words)
        said.get_by_role("link", name=re.compile("On p. 9")).click()

        expect(page).to_have_url(re.compile("/read/9/$"))
        expect(page.get_by_role("complementary")).to_contain_text(words)
        if javascript:
            expect(page.locator(".reader__quoted")).to_have_text(SENTENCE)


def select(page, words: str) -> None:
    """Select ``words`` on the page, as a reader does with a mouse."""
    page.evaluate(
        """words => {
            const text = document.querySelector("[data-page-text]");
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
            }
        }""",
        words,
    )
