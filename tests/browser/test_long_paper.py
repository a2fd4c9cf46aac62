"""One sentence in a hundred pages: uploaded by an editor, found by a stranger, read where it stands."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_moderation_queue import enter, new_child, publish, title, upload
from tests.support import browser, pdf_files
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLE = "A hundred pages of minutes"
PAGES, NUMBER = 100, 73
# As the page has it: divided at the ends of lines, with an accent; and as somebody types it.
PAINTED = [
    "In the end the Ware River commit-",
    "tee read every r\u00e9sum\u00e9 aloud, and nobody was pleased.",
]
TYPED = '"ware river committee read every resume aloud"'
SECONDS = 60


@pytest.fixture(scope="module")
def paper(chromium: Browser, site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Upload the paper as an editor does, and wait until its pages are read."""
    usual = "The committee of the river towns read the minutes aloud; a r\u00e9sum\u00e9 was put by."
    pages = [[f"Minutes, page {number}", "", usual] for number in range(1, PAGES + 1)]
    pages[NUMBER - 1] += ["", *PAINTED]
    folder = tmp_path_factory.mktemp("long")
    with browser.person(chromium) as page:
        enter(page, site, "editor@example.org")
        new_child(page, site, "White papers", "paper")
        title(page, TITLE)
        upload(page, pdf_files.make_pdf(folder / "minutes.pdf", *pages))
        publish(page)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            page.goto(f"{site.url}/search/?q=%22minutes+page+{PAGES}%22")
            if page.get_by_role("link", name=f"Page {PAGES} of {TITLE}").count():
                return f"{site.url}/papers/a-hundred-pages-of-minutes/"
            page.wait_for_timeout(500)
    raise AssertionError(f"The paper was not to be found within {SECONDS} s")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_sentence_is_found_marked_and_opened_at_its_page(
    chromium: Browser, site: RunningSite, paper: str, javascript: bool
):
    with browser.person(chromium, javascript=javascript, width=375) as page:
        page.goto(f"{site.url}/search/")
        box = page.get_by_role("main").get_by_role("searchbox")
        box.fill(TYPED)
        box.press("Enter")

        results = page.get_by_role("main").get_by_role("listitem").filter(has_text="Page of a white paper")
        expect(results).to_have_count(1)
        phrase = "Ware River committee read every r\u00e9sum\u00e9 aloud"
        assert results.locator("mark").all_inner_texts() == [phrase]
        results.get_by_role("link", name=f"Page {NUMBER} of {TITLE}").click()

        expect(page).to_have_url(re.compile(re.escape(f"{paper}read/{NUMBER}/?q=")))
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Page {NUMBER} of {PAGES}")
        mark = page.get_by_role("article").locator("mark")
        expect(mark).to_have_text(phrase)
        expect(mark).to_be_in_viewport()
