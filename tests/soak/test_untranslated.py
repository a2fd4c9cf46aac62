"""Everything people read can be translated: a site in brackets, read in a browser, leaves no English over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
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

ROOMS = ("accounts", "blog", "discussion", "home", "mail", "papers", "publishing", "search")
# Wagtail links to none of these: parts of pages that scripts fetch, and doors that stay shut.
NOT_PAGES = (
    "results/", "history-results/", "choose/", "chooser/", "discussion/new/", "discussion/edit/",
    "discussion/delete/", "discussion/usage/", "discussion/act/", "discussion-bans/edit/",
    "discussion-bans/usage/", "voices/new/", "voices/delete/", "voices/usage/", "account-events/new/",
    "account-events/edit/", "account-events/delete/", "account-events/history/", "account-events/usage/",
    "suppressed-addresses/usage/", "users/usage/", "users/copy/", "/file/", "gate/check/", "papers/copies/<",
    "generate_url/", "images/<", "images/usage/",
)  # fmt: skip


@pytest.fixture(scope="module")
def talk(site: RunningSite) -> dict[str, Any]:
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


def test_pages_of_the_discussion_hold_no_untranslated_english(chromium: Browser, pseudo: RunningSite, talk):
    words = greek(comment_pages.WORDS)
    with reading(chromium) as page:
        assert tour(page, pseudo, talk["doors"].values()) == {}
        assert on_the_way(page, comment_pages.typing(page, pseudo, talk, words=words)) == {}
        assert on_the_way(page, comment_pages.sending(page, pseudo, talk)) == {}


def test_a_members_pages_of_the_discussion_hold_no_untranslated_english(
    chromium: Browser, pseudo: RunningSite, talk
):
    with reading(chromium, site=pseudo, cookies=talk["cookies"]) as page:
        assert tour(page, pseudo, talk["members"].values()) == {}
        words = greek(comment_pages.WORDS)
        assert on_the_way(page, comment_pages.belonging(page, pseudo, talk, words=words)) == {}


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


def test_the_tour_of_the_admin_leaves_none_of_our_pages_out(admin):
    seen = {resolve(address.partition("?")[0]).route for address in admin_states.addresses(admin["ids"])}

    missed = sorted(set(our_routes(get_resolver().url_patterns)) - seen)

    assert [route for route in missed if not any(part in route for part in NOT_PAGES)] == []


def our_routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Return the routes of the admin whose view or model is of one of our rooms."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from our_routes(pattern.url_patterns, route)
        elif route.startswith("admin/") and is_ours(pattern.callback):
            yield route


def is_ours(view: Any) -> bool:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    kind = getattr(view, "view_class", view)
    model = getattr(view, "view_initkwargs", {}).get("model") or getattr(kind, "model", None)
    return kind.__module__.startswith(ROOMS) or (model is not None and model.__module__.startswith(ROOMS))
