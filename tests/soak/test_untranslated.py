"""Everything people read can be translated: a site in brackets, read in a browser, leaves no English over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from demo.stand_in.emails import read_emails
from tests.browser.test_accounts import Tour
from tests.browser.test_untranslated import WAGTAILS_OWN, pseudo, reading
from tests.soak.test_accessibility import PUBLIC, TOURS
from tests.support import admin_states, comment_pages, comment_states
from tests.support.pseudo_locale import greek
from tests.support.sites import RunningSite
from tests.support.untranslated import untranslated, untranslated_in

__all__ = ["pseudo"]
pytestmark = [pytest.mark.soak, pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def states(site: RunningSite) -> dict[str, Any]:
    return comment_states.plant(site, slug="said-for-translators")


@pytest.fixture(scope="module")
def admin(site: RunningSite) -> dict[str, Any]:
    return admin_states.plant(site, slug="translators")


def tour(page: Page, site: RunningSite, addresses: Iterable[str], *, allowed: Iterable[str] = ()) -> dict:
    """Return the offenders by address."""
    found = {}
    for address in addresses:
        page.goto(site.url + address)
        page.wait_for_load_state("load")
        found[address] = untranslated(page, allowed=set(allowed))
    return {address: texts for address, texts in found.items() if texts}


def on_the_way(page: Page, stops: Iterator[str], *, allowed: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return the offenders by stop."""
    found = {stop: untranslated(page, allowed=set(allowed)) for stop in stops}
    assert found, "The tour stopped nowhere."
    return {stop: texts for stop, texts in found.items() if texts}


def test_public_pages_hold_no_untranslated_english(chromium: Browser, pseudo: RunningSite):
    with reading(chromium) as page:
        assert tour(page, pseudo, PUBLIC) == {}


def test_pages_of_the_discussion_hold_no_untranslated_english(chromium: Browser, pseudo: RunningSite, states):
    words = greek(comment_pages.WORDS)
    with reading(chromium) as page:
        assert tour(page, pseudo, states["public_pages"].values()) == {}
        assert on_the_way(page, comment_pages.typing(page, pseudo, states, words=words)) == {}
        assert on_the_way(page, comment_pages.sending(page, pseudo, states)) == {}


def test_a_members_pages_of_the_discussion_hold_no_untranslated_english(
    chromium: Browser, pseudo: RunningSite, states
):
    with reading(chromium, site=pseudo, cookies=states["cookies"]) as page:
        assert tour(page, pseudo, states["member_pages"].values()) == {}
        words = greek(comment_pages.WORDS)
        assert on_the_way(page, comment_pages.belonging(page, pseudo, states, words=words)) == {}


@pytest.mark.parametrize("way", TOURS)
def test_pages_of_accounts_hold_no_untranslated_english(chromium: Browser, pseudo: RunningSite, way: Tour):
    with reading(chromium) as page:
        assert on_the_way(page, way(page, pseudo, f"{way.__name__}.translated")) == {}

    emails = [email for email in read_emails(pseudo.folder / "mail", limit=500) if ".translated@" in email.to]
    assert {email.subject: lines for email in emails if (lines := untranslated_in(email))} == {}


def test_the_admin_holds_no_untranslated_english_of_ours(chromium: Browser, pseudo: RunningSite, admin):
    allowed = {*WAGTAILS_OWN, *admin["slugs"]}
    with reading(chromium, site=pseudo, cookies=admin["cookies"]) as page:
        assert tour(page, pseudo, admin_states.addresses(admin["ids"]), allowed=allowed) == {}
        sending = admin_states.sending(page, pseudo, admin["ids"])
        assert on_the_way(page, sending, allowed=allowed) == {}


def test_an_editors_own_settings_hold_no_untranslated_english(chromium: Browser, pseudo: RunningSite, admin):
    # Without scripts: Wagtail's name every time zone in the words of the browser.
    with reading(chromium, site=pseudo, cookies=admin["cookies"], javascript=False) as page:
        zones = page.goto(f"{pseudo.url}/admin/account/") and page.locator("option").all_inner_texts()
        assert untranslated(page, allowed={*WAGTAILS_OWN, *zones}) == []
