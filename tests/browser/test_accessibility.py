"""Every public page, narrow and wide, light and dark: accessible, and at peace with its window."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.support import browser
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL_CASE = [
    ("/", 320, True),
    ("/blog/our-future-role/", 1280, False),
    ("/blog/three-years-of-talks/", 320, False),
    ("/papers/building-capacity-in-small-districts/", 320, True),
    ("/papers/building-capacity-in-small-districts/read/9/?q=saving", 320, False),
    ("/papers/building-capacity-in-small-districts/read/9/?zoom=200", 1280, True),
    ("/papers/building-capacity-in-small-districts/cite/", 320, True),
    ("/papers/building-capacity-in-small-districts/read/text/", 1280, True),
    ("/papers/governing-a-collaborative/", 320, False),
    ("/papers/", 768, False),
    ("/search/?q=collaborative", 1280, True),
    ("/search/?q=collaborative&kind=sheet", 320, False),
    ("/accounts/login/", 320, False),
]


def look_at(page: Page, address: str) -> None:
    """Read a page to its end, so that all of it has been there."""
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")


def faults(page: Page, within: str | None = None) -> list[str]:
    """Return what axe finds, on the page or in one element of it, a line each, with where it is."""
    violations = Axe().run(page, context=within, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]]


def sticks_out(page: Page) -> list[str]:
    """Return what is wider than the window, though nothing of it scrolls by itself."""
    return page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          return [...document.querySelectorAll("body *")]
            .filter((it) => it.getBoundingClientRect().right > wide + 1 && !it.closest(".table-scroll, pre"))
            .map((it) => it.outerHTML.slice(0, 120));
        }"""
    )


def assert_fine(chromium: Browser, address: str, *, width: int, dark: bool) -> None:
    with browser.person(chromium, width=width, dark=dark) as page:
        look_at(page, address)
        assert sticks_out(page) == []
        assert faults(page) == []


@pytest.mark.parametrize(("path", "width", "dark"), SMALL_CASE)
def test_a_page_is_accessible_and_fits_its_window(
    chromium: Browser, site: RunningSite, path: str, width: int, dark: bool
):
    assert_fine(chromium, site.url + path, width=width, dark=dark)


def test_a_refused_comment_says_so_where_it_is_wrong(chromium: Browser, site: RunningSite):
    with browser.person(chromium, width=320) as page:
        page.goto(site.url + "/blog/three-years-of-talks/")
        form = page.locator("#comment-form")
        form.get_by_label("Comment", exact=True).fill("Who drives the late bus?")
        form.get_by_label("Name").fill("Obadiah Plum")
        form.evaluate("form => { form.noValidate = true; }")

        form.get_by_role("button", name="Post comment").click()

        expect(page.locator(".error-summary")).to_be_focused()
        expect(page.get_by_role("textbox", name="E-mail")).to_have_attribute("aria-invalid", "true")
        assert sticks_out(page) == []
        assert faults(page) == []
