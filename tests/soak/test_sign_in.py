"""Every journey of every provider in a real browser, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.test_sign_in import JOURNEYS, Journey, play
from tests.support.sign_in import NAMES
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.soak, pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("journey", JOURNEYS)
@pytest.mark.parametrize("id", NAMES)
def test_every_journey_of_every_provider_keeps_draft_and_place(
    chromium: Browser, site: RunningSite, id: str, journey: Journey, javascript: bool
):
    play(chromium, site, id, journey, javascript=javascript)
