"""Every known script and every naughty string through every field, looked at in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.test_injection import plant_and_type, submit_everywhere
from tests.support import databases, injection_payloads, sites

# A site of their own: they need not wait for the others' browser.
pytestmark = [pytest.mark.soak, pytest.mark.browser, pytest.mark.xdist_group("hostile")]
ALL = [
    pytest.param(injection_payloads.PAYLOADS, id="scripts"),
    pytest.param(injection_payloads.NAUGHTY, id="naughty strings"),
]


@pytest.mark.parametrize("words", ALL)
@pytest.mark.django_db
def test_whatever_is_said_at_whatever_address_is_no_error_and_no_script(
    chromium: Browser, settings, words: list[str]
):
    submit_everywhere(words, chromium, settings)


@pytest.mark.parametrize("words", ALL)
def test_all_that_hostile_people_left_behind_and_type_does_nothing(
    chromium: Browser, tmp_path, django_db_setup, words: list[str]
):
    with databases.another(tmp_path) as address:
        running = sites.start(tmp_path, LIMITS="off", DATABASE_URL=address)
        try:
            plant_and_type(words, chromium, running)
        finally:
            running.stop()
