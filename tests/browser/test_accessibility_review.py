"""A reader who can't use a file asks for another form, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_accessibility import faults, look_at, sticks_out
from tests.browser.test_moderation_queue import PAPER as UPLOADED
from tests.browser.test_moderation_queue import enter, new_child, upload
from tests.support import browser, concurrency
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAPER = "/papers/sharing-the-bus/"
STATE = """
from papers.models import FileRecord
FileRecord.objects.filter(document__editions__paper__slug="sharing-the-bus").update(state=STATE)
print("FACTS{}")
"""


@pytest.mark.parametrize(("width", "dark"), [(320, False), (1280, True)])
def test_a_reader_asks_for_an_accessible_format(chromium: Browser, site: RunningSite, width: int, dark: bool):
    with browser.person(chromium, width=width, dark=dark) as page:
        look_at(page, site.url + PAPER)
        assert faults(page) == []
        page.get_by_role("link", name="Request an accessible format").click()
        page.wait_for_load_state()
        assert (sticks_out(page), faults(page)) == ([], [])

        page.get_by_label("Your name").fill("Joan Marsh")
        page.get_by_role("button", name="Send request").click()
        expect(page.locator(".error-summary")).to_be_visible()
        assert (sticks_out(page), faults(page)) == ([], [])
        page.get_by_label("Your e-mail").fill("joan@example.org")
        page.get_by_label("What do you need?").fill("Large print, please.")
        page.get_by_role("button", name="Send request").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("We received your request")
        expect(page.get_by_text(re.compile(r"AF-\w{4}-\w{4}"))).to_be_visible()
        assert faults(page) == []
        assert page.context.cookies() == []


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
def test_an_editor_reviews_a_file(chromium: Browser, site: RunningSite, width: int, dark: bool):
    with browser.person(chromium, width=width, dark=dark) as page:
        enter(page, site, "editor@example.org")
        page.goto(f"{site.url}/admin/reports/files-at-the-gate/")
        assert faults(page, within="main") == []
        page.get_by_role("link", name=re.compile("Sharing the Bus")).first.click()

        expect(page.get_by_role("main")).to_contain_text("No issues found automatically")
        assert faults(page, within="main") == []
        expect(page.get_by_role("group", name="Does the reading order make sense?")).to_be_visible()
        page.get_by_role("group", name="Outcome").get_by_label("known problems").check()
        page.get_by_role("button", name="Save").click()

        expect(page.get_by_role("main")).to_contain_text(
            "Enter the date by which the problems will be fixed."
        )
        assert faults(page, within="main") == []


def test_an_editor_watches_a_file_being_read(chromium: Browser, site: RunningSite):
    concurrency.run_script(site.environment, f"STATE = 'waiting'{STATE}")
    with browser.person(chromium) as page:
        enter(page, site, "editor@example.org")
        page.goto(f"{site.url}/admin/reports/files-at-the-gate/")
        page.get_by_role("link", name=re.compile("Sharing the Bus")).first.click()
        page.get_by_role("link", name="Back to the white paper").click()
        expect(page.get_by_role("status").filter(has_text="Its pages are being read.")).to_be_visible()
        reading = page.get_by_role("progressbar", name="Reading and checking the file")
        expect(reading).to_have_attribute("value", "1")

        concurrency.run_script(site.environment, f"STATE = 'read'{STATE}")

        expect(reading).to_have_count(0)
        expect(page.get_by_role("main")).to_contain_text("no issues found automatically")


def test_a_new_papers_empty_fields_take_what_its_file_says(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        enter(page, site, "editor@example.org")
        new_child(page, site, "White papers", "paper")
        upload(page, UPLOADED)

        name = page.get_by_label(re.compile("^Title")).first
        expect(name).to_have_value(re.compile("Counting Agencies"), timeout=30_000)
        expect(page.get_by_text("Filled in from the file. Please check it.").first).to_be_visible()
        expect(page.locator("#id_slug")).to_have_value(re.compile("counting-agencies"))
        assert page.locator("#id_publication_date").input_value()

        name.fill("Counting by hand")

        expect(page.get_by_text("Filled in from the file. Please check it.")).to_have_count(1)
