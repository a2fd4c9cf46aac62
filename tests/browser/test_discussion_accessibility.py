"""Every page of the discussion, with every kind of comment on it, is in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_accessibility import faults, look_at, sticks_out
from tests.support import browser, comment_pages, comment_states
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FEW = {
    "the discussion",
    "an open thread",
    "a guest's own",
    "confirm",
    "a report",
    "the discussion, signed in",
}


@pytest.fixture(scope="module")
def states(site: RunningSite) -> dict[str, Any]:
    return comment_states.plant(site)


def test_the_pages_of_a_discussion_are_accessible(chromium: Browser, site: RunningSite, states):
    with browser.person(chromium, width=320, dark=True) as page:
        assert list(complaints(page, site, states, only=FEW)) == []


def complaints(page: Page, site: RunningSite, states: dict[str, Any], *, only=()) -> Iterator[str]:
    """Yield what is wrong with each page, by its name; a stranger's first, then a member's."""
    for name, path in states["public_pages"].items():
        if not only or name in only:
            look_at(page, site.url + path)
            yield from wrong(page, name)
    cookies = [{"name": name, "value": value, "url": site.url} for name, value in states["cookies"].items()]
    page.context.add_cookies(cookies)
    for name, path in states["member_pages"].items():
        if not only or name in only:
            look_at(page, site.url + path)
            yield from wrong(page, name)


def wrong(page: Page, name: str) -> list[str]:
    return [f"{name}: {one}" for one in [*sticks_out(page), *faults(page)]]


def after_typing(page: Page, site: RunningSite, states: dict[str, Any]) -> list[str]:
    """Return what is wrong with a preview, with refusals, and with a form that opens beneath a comment."""
    return [fault for stop in comment_pages.typing(page, site, states) for fault in wrong(page, stop)]
