"""The main job, played: read a post, take its paper, sign in, reply; or confirm by mail."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import browser
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
POST = "/blog/our-future-role/"
each_way = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])


def take_the_paper(page: Page, site: RunningSite) -> None:
    """Follow the post's card to its paper and take the file along."""
    page.locator(".article__body .page-card").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Building Capacity in Small School Districts")
    expect(page.get_by_text(re.compile(r"PDF, \d+ pages")).first).to_be_visible()
    with page.expect_download() as download_info:
        page.get_by_role("link", name="Download", exact=True).click()
    assert download_info.value.path().read_bytes().startswith(b"%PDF")


def reply_to_somebody(page: Page, words: str) -> str:
    """Open a reply to the first comment that takes one, write, and return whom it answers."""
    link = page.get_by_role("link", name=re.compile("^Reply to ")).first
    name = link.inner_text().removeprefix("Reply to ").strip()
    link.click()
    form = (
        page.locator("form:has(textarea[name=comment])")
        .filter(has=page.locator("[name=reply_to][value]:not([value=''])"))
        .first
    )
    form.get_by_label("Comment", exact=True).fill(words)
    return name


@each_way
def test_a_member_reads_takes_the_paper_signs_in_and_replies(
    chromium: Browser, site: RunningSite, javascript: bool
):
    words = f"Our towns would hand over the buses tomorrow. ({'js' if javascript else 'plain'})"
    with browser.person(chromium, javascript=javascript) as page:
        page.goto(site.url + POST)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Massachusetts collaboratives: our future role"
        )
        take_the_paper(page, site)
        page.goto(site.url + POST)

        reply_to_somebody(page, words)
        page.get_by_role("button", name="Sign in with Google").first.click()
        assert page.url.startswith(site.stand_in)
        page.get_by_role("button", name=re.compile("Maria Alvarez")).first.click()

        expect(
            page.get_by_text(re.compile("You are commenting using your\\s+Google\\s+account")).first
        ).to_be_visible()
        expect(page.get_by_role("button", name="Sign out").first).to_be_visible()
        expect(page.get_by_role("button", name="Switch account").first).to_be_visible()
        form = page.locator("form:has(textarea[name=comment])").filter(has_text="You are commenting").first
        expect(form.get_by_label("Comment", exact=True)).to_have_value(words)
        form.get_by_role("button", name="Post comment").click()

        said = page.locator(".comment:target")
        expect(said).to_contain_text(words)
        expect(said).to_contain_text("Maria Alvarez")
        assert said.evaluate("said => !!said.parentElement.closest('.comment')"), (
            "It stands beneath the one it answers"
        )


@each_way
def test_a_guest_leaves_details_and_confirms_by_mail(chromium: Browser, site: RunningSite, javascript: bool):
    kind = "js" if javascript else "plain"
    words = f"Who answers for it when the van is late? ({kind})"
    with browser.person(chromium, javascript=javascript) as page:
        page.goto(site.url + POST)
        form = page.locator("#comment-form")
        form.get_by_label("Comment", exact=True).fill(words)
        form.get_by_role("textbox", name="Name").fill("Obadiah Plum")
        form.get_by_role("textbox", name="E-mail").fill(f"obadiah.{kind}@example.net")
        form.get_by_role("textbox", name="Website").fill("https://plum.example.net/")
        form.get_by_role("button", name="Post comment").click()
        expect(page).to_have_url(re.compile("/discussion/sent/"))
        page.goto(site.url + POST)
        expect(page.get_by_text(words)).to_have_count(0)

        email = site.newest_email_to(f"obadiah.{kind}@example.net").replace("=\n", "")
        (link,) = set(re.findall(r"http://127\.0\.0\.1:\d+/discussion/confirm/[^\s\"<>]+", email))
        page.goto(link)
        expect(page.get_by_text(words)).to_be_visible()
        page.get_by_role("main").get_by_role("button").first.click()

        said = page.locator(".comment:target")
        expect(said).to_contain_text(words)
        expect(said).to_contain_text("Obadiah Plum")
        assert "example.net" not in re.sub(r'href="https://plum[^"]*"', "", page.content())


def test_nobody_who_only_reads_gets_a_cookie(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        for path in ["/", POST, "/papers/", "/search/?q=dispatcher", "/discussion/", "/accessibility/"]:
            page.goto(site.url + path)

        assert page.context.cookies() == []


def test_a_sentence_in_a_paper_is_found_with_its_page(chromium: Browser, site: RunningSite):
    with browser.person(chromium, javascript=False) as page:
        page.goto(site.url)
        page.get_by_role("searchbox").first.fill('"a saving that ends in a worse service"')
        page.get_by_role("searchbox").first.press("Enter")

        result = page.locator(".result").filter(
            has_text="Page 9 of Building Capacity in Small School Districts"
        )
        expect(result.locator("mark").first).to_be_visible()
        result.get_by_role("link").first.click()
        expect(page.get_by_role("main")).to_contain_text("A saving that ends in a worse service is a cut.")
