"""What comes out of the printer: the text of a page in order, and nothing one can only click."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from PIL import ImageOps
from playwright.sync_api import Browser, Page

from tests.support import browser
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
POST = "/blog/what-is-a-collaborative/"
PAPER = "/papers/building-capacity-in-small-districts/"
# The text of everything that is there to be clicked.
CONTROLS = "nav, search, button, summary, .button, .skip-link, .account"


class Printout:
    """The page as Chromium prints it: the text of each sheet, and how far down the first one is printed."""

    def __init__(self, page: Page) -> None:
        printed = pypdfium2.PdfDocument(page.pdf(format="Letter"))
        self.sheets = [sheet.get_textpage().get_text_bounded() for sheet in printed]
        first = ImageOps.invert(printed[0].render(scale=0.25).to_pil().convert("L"))
        self.fill_of_first = first.getbbox()[3] / first.height  # of 1


def words(text: str) -> list[str]:
    """Return the words in Latin letters: others' glyphs depend on the fonts of the machine."""
    return re.findall(r"[a-z0-9à-öø-ɏ]+", text.replace("\u00ad", "").casefold())


def missing_in_order(expected: list[str], printed: list[str]) -> list[str]:
    """Return the words that are not printed, or not after the ones before them."""
    rest = iter(printed)
    return [word for word in expected if word not in rest]


def visible_words(page: Page) -> list[str]:
    """Return the words that the page shows on paper, in the order of the document."""
    page.emulate_media(media="print")
    return words(page.locator("body").inner_text())


def assert_prints_whole_and_in_order(page: Page) -> str:
    """Return the text of all sheets."""
    printout = Printout(page)
    text = " ".join(printout.sheets)

    assert missing_in_order(visible_words(page), words(text)) == []
    assert page.locator(CONTROLS).locator("visible=true").all_inner_texts() == []
    assert printout.fill_of_first > 0.7
    assert all(len(words(sheet)) > 80 for sheet in printout.sheets[:-1])
    return text


def test_a_post_prints_with_its_discussion(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        page.goto(site.url + POST)
        text = assert_prints_whole_and_in_order(page)

    assert "Posted on" in text


def test_a_paper_page_prints_its_facts_and_findings(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        page.goto(site.url + PAPER)
        text = assert_prints_whole_and_in_order(page)

    parts = ["Posted on", "Publisher", "Key findings", "Abstract", "Editions"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_a_page_in_the_reader_prints_as_a_page_and_its_text(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        page.goto(f"{site.url}{PAPER}read/14/")
        page.locator("img").evaluate("picture => picture.decode()")
        printout = Printout(page)
        text_of_page = words(page.locator("#text").inner_text())
        page.emulate_media(media="print")
        controls = page.locator(CONTROLS).locator("visible=true").all_inner_texts()

    assert controls == []
    assert len(printout.sheets) <= 3
    assert "Page 14 of" in printout.sheets[0]
    assert printout.fill_of_first > 0.7
    assert missing_in_order(text_of_page, words(" ".join(printout.sheets))) == []
