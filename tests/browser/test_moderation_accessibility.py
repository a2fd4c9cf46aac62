"""The moderation queue, narrow and wide, light and dark: accessible, and nothing sticks out of its window."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.test_accessibility import RULES
from tests.browser.test_moderation_queue import enter
from tests.support import browser
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
QUEUE = "/admin/discussion/?queue=waiting"
PLACES = [
    QUEUE, "/admin/discussion/", "/admin/reports/discussion/", "/admin/discussion-bans/new/",
    "/discussion/letters/",
]  # fmt: skip
WAGTAILS_OWN = "h2[role=alert]"  # how many were found


def faults(page: Page) -> list[str]:
    """Return what axe finds, a line each, and what lies beyond the right edge."""
    violations = Axe().run(page, {"exclude": [[WAGTAILS_OWN]]}, {"runOnly": RULES}).response["violations"]
    wide = page.evaluate(
        """() => [...document.querySelectorAll("main form *, main section *, main td *")]
          .filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && it.checkVisibility())
          .map((it) => it.outerHTML.slice(0, 120))"""
    )
    return [f"{one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]] + wide


def look_around(chromium: Browser, site: RunningSite, *, width: int, dark: bool) -> None:
    with browser.person(chromium, width=width, dark=dark) as moderator:
        enter(moderator, site, "moderator@example.org")
        moderator.goto(site.url + QUEUE)
        inspect = moderator.locator("td.title a").first.get_attribute("href")
        chosen = f"?id={inspect.rstrip('/').rpartition('/')[2]}&next={QUEUE}"
        remove = f"/admin/bulk/discussion/comment/remove/{chosen}"
        for place in [*PLACES, inspect, remove]:
            moderator.goto(site.url + place)
            moderator.wait_for_load_state("networkidle")
            assert (place, faults(moderator)) == (place, [])


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_the_queue_is_accessible_and_fits_its_window(
    chromium: Browser, site: RunningSite, width: int, dark: bool
):
    look_around(chromium, site, width=width, dark=dark)
