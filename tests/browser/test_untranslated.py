"""A dozen pages of all kinds, in brackets: English outside them was never shown to a translator.

``tests/soak/test_untranslated.py`` reads every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_moderation_queue import enter
from tests.support import browser, sites
from tests.support.pseudo_locale import named
from tests.support.sites import RunningSite
from tests.support.untranslated import put_scripts_in_brackets, untranslated

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# What Wagtail itself shows in English whatever the language.
WAGTAILS_OWN = {"Actions", "None", "Save Selected", "Search", "True", "<div> </div>"}
# The site is shared: what hostile people of another test left behind is no sentence of ours.
HOSTILE = re.compile(r"[<>\\`]|trap|τραπ|script|&#|%3C|\]\(", re.IGNORECASE)
READERS = [
    "/", "/blog/our-future-role/", "/papers/building-capacity-in-small-districts/",
    "/papers/building-capacity-in-small-districts/read/9/?q=saving", "/papers/?topic=finance",
    "/search/?q=collaborative", "/discussion/sent/", "/accounts/signup/", "/no-such-page/",
]  # fmt: skip
EDITORS = ["/accounts/me/", "/admin/discussion/", "/admin/reports/files-at-the-gate/"]


@pytest.fixture(scope="module")
def pseudo(site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The shared site in another language: see ``tests/support/pseudo_locale.py``."""
    folder = tmp_path_factory.mktemp("pseudo")
    with sites.beside(site, folder, settings="tests.support.pseudo_settings") as running:
        yield running


@contextmanager
def reading(
    chromium: Browser,
    *,
    site: RunningSite | None = None,
    cookies: dict[str, str] | None = None,
    javascript: bool = True,
) -> Iterator[Page]:
    """Open a browser in which Wagtail's scripts speak in brackets too; with ``cookies`` of ``site``."""
    with browser.person(chromium, javascript=javascript) as page:
        put_scripts_in_brackets(page)
        if site and cookies:
            page.context.add_cookies(
                [{"name": name, "value": value, "url": site.url} for name, value in cookies.items()]
            )
        yield page


def test_pages_of_all_kinds_hold_no_untranslated_english(chromium: Browser, pseudo: RunningSite):
    found = {}
    with reading(chromium) as page:
        for address in READERS:
            page.goto(pseudo.url + address)
            found[address] = untranslated(page)
        enter(page, pseudo, "editor@example.org")
        for address in EDITORS:
            page.goto(pseudo.url + address)
            found[address] = untranslated(page, allowed=WAGTAILS_OWN)

    ours = {address: [text for text in texts if not HOSTILE.search(text)] for address, texts in found.items()}
    assert {address: texts for address, texts in ours.items() if texts} == {}


def test_an_english_sentence_of_ours_would_be_found(chromium: Browser, pseudo: RunningSite):
    with reading(chromium) as page:
        page.goto(f"{pseudo.url}/accounts/login/")
        page.get_by_role("heading", name=named("Sign in")).evaluate("it => it.textContent = 'Sign in'")
        page.get_by_label(named("Password")).evaluate("it => it.title = 'Your password'")

        assert untranslated(page) == ["Sign in", "Your password"]
