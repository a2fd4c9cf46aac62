"""Every page of an account, narrow and wide, light and dark: accessible, and at peace with its window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_accessibility import faults, sticks_out
from tests.support import account_pages, browser
from tests.support.account_pages import Stops
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Tour = Callable[[Page, RunningSite, str], Stops]
SMALL_CASE = {
    "signup/ with three mistakes", "connections/signup/", "confirm-email/", "me/again/",
    "me/", "me/sessions/", "me/leave/", "email/ with two", "2fa/recovery-codes/",
}  # fmt: skip


def found_on(
    chromium: Browser, site: RunningSite, tour: Tour, *, width: int, dark: bool, stops: set[str] | None = None
) -> dict[str, list[str]]:
    """Return what is wrong, by the stop of the tour; with ``stops`` only those are looked at."""
    wrong: dict[str, list[str]] = {}
    with browser.person(chromium, width=width, dark=dark) as page:
        for stop in tour(page, site, f"{tour.__name__}.{width}.{dark}.{bool(stops)}".lower()):
            page.wait_for_load_state("networkidle")
            if stops is None or stop in stops:
                wrong[stop] = sticks_out(page) + faults(page)
    assert wrong, "The tour stopped nowhere."
    return {stop: words for stop, words in wrong.items() if words}


@pytest.mark.parametrize("tour", [account_pages.strangers, account_pages.members])
def test_pages_of_an_account_are_accessible(chromium: Browser, site: RunningSite, tour: Tour):
    assert found_on(chromium, site, tour, width=320, dark=True, stops=SMALL_CASE) == {}
