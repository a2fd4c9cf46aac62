"""A report without a script, the moderator who acts on it with keys, and takes it back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_moderation_queue import enter
from tests.support import browser
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGE = "/blog/the-deadline-moved/"


def test_a_report_leads_by_way_of_the_queue_to_a_removal_that_can_be_undone(
    chromium: Browser, site: RunningSite
):
    with browser.person(chromium, javascript=False, width=320) as reader:
        reader.goto(f"{site.url}{PAGE}")
        card = reader.locator("article.comment__card").last
        words = card.locator(".comment__text").inner_text().splitlines()[0]
        number = card.locator("xpath=..").get_attribute("id")
        card.get_by_role("link", name=re.compile("Report")).click()
        reader.get_by_label(re.compile("Argue with the point")).check()
        reader.get_by_label(re.compile("Details")).fill("This is about her, not about buses.")
        reader.get_by_role("button", name="Report").click()
        expect(reader.get_by_role("heading", name="Report sent")).to_be_visible()

    with browser.person(chromium) as moderator:
        enter(moderator, site, "moderator@example.org")
        moderator.goto(f"{site.url}/admin/discussion/")
        moderator.get_by_role("link", name=re.compile("^Reported")).click()
        row = moderator.locator("tr").filter(has_text=words[:20])
        expect(row).to_have_count(1)
        walk_to(row)
        moderator.keyboard.press("o")
        expect(moderator.get_by_text("This is about her, not about buses.")).to_be_visible()
        moderator.get_by_label("Note to other moderators").fill("Seen.")
        moderator.get_by_role("button", name="Add note").click()
        expect(moderator.get_by_text("Seen.")).to_be_visible()
        moderator.goto(f"{site.url}/admin/discussion/?queue=reported")
        expect(row).to_have_count(1)
        walk_to(row)
        moderator.keyboard.press("r")
        moderator.get_by_label(re.compile("House rule")).select_option(
            label="2. Argue with the point, not the person"
        )
        moderator.get_by_role("main").get_by_role("button", name="Remove").click()
        expect(moderator).to_have_url(re.compile("queue=reported"))
        expect(moderator.locator("tr").filter(has_text=words[:20])).to_have_count(0)
        is_counted(moderator, site)
        put_back(moderator, site, number)
        expect(moderator.locator(f"#{number}").get_by_text(words[:40]).first).to_be_visible()


def is_counted(moderator: Page, site: RunningSite) -> None:
    moderator.goto(f"{site.url}/admin/reports/discussion/")
    expect(moderator.get_by_role("cell", name="2. Argue with the point").first).to_be_visible()


def walk_to(row: Locator) -> None:
    """Press "j" until the row is reached; others may have reported something since."""
    row.page.wait_for_load_state()  # keys work once the script is there
    for _ in range(1 + row.evaluate("row => [...row.parentElement.children].indexOf(row)")):
        row.page.keyboard.press("j")


def put_back(moderator: Page, site: RunningSite, number: str) -> None:
    moderator.goto(f"{site.url}/admin/discussion/inspect/{number.removeprefix('comment-')}/")
    moderator.get_by_role("link", name="Restore").click()
    moderator.get_by_role("main").get_by_role("button", name="Restore").click()
    moderator.wait_for_load_state()
    moderator.goto(f"{site.url}{PAGE}")
