"""The admin in a real browser: write, upload, preview, publish, schedule, moderate."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.support import browser
from tests.support.paths import DEMO_PAPERS
from tests.support.pseudo_locale import named
from tests.support.sites import PASSWORD, RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAPER = DEMO_PAPERS / "counting-agencies-1.pdf"


def enter(page: Page, site: RunningSite, email: str) -> None:
    """Sign in at the one way into the admin."""
    page.goto(f"{site.url}/admin/")
    assert "/accounts/login/" in page.url
    page.get_by_label("E-mail").fill(email)
    page.get_by_label(named("Password")).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name=named("Sign in")).click()
    expect(page).to_have_url(re.compile(r"^[^?]*/admin/"))


def new_child(page: Page, site: RunningSite, index: str, kind: str) -> None:
    """Open the form for a new page below an index, found as an editor finds it."""
    page.goto(f"{site.url}/admin/pages/")
    page.get_by_role("link", name="Explore child pages of 'Colloquy'").click()
    page.get_by_role("link", name=f"Explore child pages of '{index}'").click()
    page.get_by_role("link", name=re.compile("Add child page")).first.click()
    expect(page).to_have_url(re.compile(f"/add/(blog|papers)/{kind}/"))
    page.wait_for_load_state()  # the form answers to typing once its scripts are there


def title(page: Page, words: str) -> None:
    """Type a title, and wait until the page has made an address of it."""
    field = page.get_by_label(re.compile("^Title")).first
    field.press_sequentially(words)
    field.press("Tab")
    expect(page.locator("#id_slug")).not_to_have_value("")


def upload(page: Page, path: Path) -> None:
    """Upload a PDF in the chooser of a paper's form; it becomes an edition when the paper is saved."""
    page.get_by_role("button", name=re.compile("Choose a document|Choose")).first.click()
    page.get_by_role("tab", name="Upload").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(path)
    dialog.locator("#id_document-chooser-upload-title").fill(path.stem)
    dialog.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").click()
    expect(page).to_have_url(re.compile("/edit/"))
    page.wait_for_load_state()


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text(re.compile("(created and )?published")).first).to_be_visible()


def test_an_editor_writes_a_post_previews_and_publishes_it(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        enter(page, site, "editor@example.org")
        new_child(page, site, "Blog", "post")
        title(page, "A shared nurse")
        page.get_by_label(re.compile("^Introduction")).fill("Two towns, one nurse, no merger.")
        save(page)
        page.get_by_role("button", name=re.compile("Toggle preview")).click()
        preview = page.frame_locator("iframe[title='Preview']").last
        expect(preview.get_by_role("heading", name="A shared nurse")).to_be_visible()
        publish(page)

        page.goto(f"{site.url}/blog/a-shared-nurse/")
        expect(page.get_by_role("heading", level=1)).to_have_text("A shared nurse")


def test_an_editor_uploads_a_pdf_as_a_white_paper(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        enter(page, site, "editor@example.org")
        new_child(page, site, "White papers", "paper")
        title(page, "Counting once more")
        upload(page, PAPER)
        publish(page)

        page.goto(f"{site.url}/papers/counting-once-more/")
        expect(page.get_by_text(re.compile(r"PDF, 7 pages, \d+")).first).to_be_visible()


def test_an_editor_schedules_a_post_and_it_appears(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        enter(page, site, "editor@example.org")
        new_child(page, site, "Blog", "post")
        title(page, "Tomorrow's bus")
        save(page)
        page.get_by_role("button", name=re.compile("Toggle status")).click()
        page.get_by_role("button", name=re.compile("Set schedule")).click()
        moment = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
        page.get_by_label(re.compile("Go live date")).fill(moment)
        # By key: the calendar that opens with the field may lie over the button.
        page.get_by_role("button", name="Save schedule").press("Enter")
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("button", name=re.compile("Schedule to publish|Publish")).first.click()
        expect(page.get_by_text(re.compile("scheduled")).first).to_be_visible()

        assert page.goto(f"{site.url}/blog/tomorrows-bus/").status == 404


def test_a_moderator_removes_a_comment_without_leaving_the_admin(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        page.goto(f"{site.url}/blog/the-deadline-moved/")
        comment = page.locator("article.comment__card").first
        words = comment.locator(".comment__text").inner_text().splitlines()[0]
        enter(page, site, "moderator@example.org")
        page.get_by_role("link", name="Discussion", exact=True).first.click()
        page.get_by_placeholder("Search").last.fill(words[:40])
        page.get_by_placeholder("Search").last.press("Enter")
        expect(page).to_have_url(re.compile("q="))
        page.wait_for_load_state()
        page.locator("tr").filter(has_text=words[:20]).get_by_role(
            "button", name=re.compile("More options")
        ).click()
        page.get_by_role("link", name="Remove").click()
        page.get_by_label(re.compile("House rule")).select_option("2")
        page.get_by_role("main").get_by_role("button", name="Remove").click()
        expect(page).to_have_url(re.compile("/admin/discussion/"))

        page.goto(f"{site.url}/blog/the-deadline-moved/")
        expect(page.get_by_text(words[:60])).to_have_count(0)
