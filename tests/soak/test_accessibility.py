"""Every page of the site at every width, light and dark: accessible, and nothing wider than its window."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import test_moderation_accessibility
from tests.browser.test_accessibility import assert_fine
from tests.browser.test_accounts import Tour, found_on
from tests.browser.test_discussion_accessibility import after_typing, complaints, states
from tests.support import account_pages, browser
from tests.support.sites import RunningSite

__all__ = ["states"]
pytestmark = [pytest.mark.soak, pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDTHS = list(product([320, 768, 1280, 1600], [False, True]))
NARROW_AND_WIDE = list(product([320, 1280], [False, True]))
TOURS: list[Tour] = [account_pages.strangers, account_pages.troubles, account_pages.members]
PUBLIC = [
    "/", "/blog/", "/blog/?topic=finance", "/blog/?page=99", "/blog/our-future-role/",
    "/blog/three-years-of-talks/", "/blog/three-years-of-talks/?order=newest",
    "/blog/what-should-we-study-next/",
    "/papers/", "/papers/building-capacity-in-small-districts/",
    "/papers/building-capacity-in-small-districts/read/",
    "/papers/building-capacity-in-small-districts/read/9/",
    "/papers/building-capacity-in-small-districts/read/9/?q=saving&zoom=200",
    "/papers/building-capacity-in-small-districts/editions/1/read/3/",
    "/papers/building-capacity-in-small-districts/cite/?edition=1&page=3",
    "/papers/governing-a-collaborative/", "/papers/governing-a-collaborative/read/3/",
    "/papers/sharing-the-bus/", "/papers/counting-agencies/",
    "/papers/?topic=finance", "/papers/?page=99", "/search/?q=saving&kind=sheet",
    "/authors/priya-ashdown/",
    "/topics/finance/", "/discussion/", "/discussion/sent/", "/discussion/waiting/",
    "/search/", "/search/?q=collaborative", "/search/?q=collaborative&kind=paper", "/search/?q=zzz",
    "/about/", "/house-rules/", "/privacy/", "/accessibility/",
    "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/no-such-page/",
]  # fmt: skip


@pytest.mark.parametrize(("width", "dark"), WIDTHS)
@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_is_accessible_at_every_width(
    chromium: Browser, site: RunningSite, path: str, width: int, dark: bool
):
    assert_fine(chromium, site.url + path, width=width, dark=dark)


@pytest.mark.parametrize(("width", "dark"), NARROW_AND_WIDE)
@pytest.mark.parametrize("tour", TOURS)
def test_every_page_of_an_account_is_accessible(
    chromium: Browser, site: RunningSite, tour: Tour, width: int, dark: bool
):
    assert found_on(chromium, site, tour, width=width, dark=dark) == {}


@pytest.mark.parametrize(("width", "dark"), NARROW_AND_WIDE)
def test_every_page_of_the_discussion_is_accessible(
    chromium: Browser, site: RunningSite, states: dict[str, Any], width: int, dark: bool
):
    with browser.person(chromium, width=width, dark=dark) as page:
        violations = list(complaints(page, site, states))
        page.context.clear_cookies()
        violations += after_typing(page, site, states)

    assert violations == []


@pytest.mark.parametrize(("width", "dark"), WIDTHS)
def test_the_moderation_queue_is_accessible(chromium: Browser, site: RunningSite, width: int, dark: bool):
    test_moderation_accessibility.look_around(chromium, site, width=width, dark=dark)
