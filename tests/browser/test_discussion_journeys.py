"""A guest, a member and a moderator from beginning to end, each with scripts and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_discussion import card, each_way, letter_of, link_in, sign_in
from tests.browser.test_moderation_queue import enter
from tests.support import browser, concurrency
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
POST = "/blog/three-years-of-talks/"

# Runs inside the site.
SAY = """
import json
from blog.models import Post
from discussion.models import Comment

said = Comment(page=Post.objects.get(slug=SLUG), comment=WORDS, user_name="Rude Rudy", user_email=ADDRESS)
said.save()
print("FACTS" + json.dumps(said.pk))
"""


def write(page: Page, site: RunningSite, words: str, *, name: str, address: str) -> Locator:
    """Fill the form under the post as a guest; return it."""
    page.goto(site.url + POST)
    form = page.locator("#comment-form")
    form.get_by_label("Comment", exact=True).fill(words)
    form.get_by_label("Name").fill(name)
    form.get_by_label("E-mail", exact=True).fill(address)
    return form


@each_way
def test_a_guest_looks_first_confirms_rewrites_and_takes_back(
    chromium: Browser, site: RunningSite, javascript: bool
):
    words, address = f"**Who** drives it? ({javascript})", f"gwen.{javascript}@example.net".lower()
    with browser.person(chromium, javascript=javascript) as page:
        write(page, site, words, name="Gwen Guest", address=address)
        page.locator("#comment-form").get_by_role("button", name="Preview").click()
        expect(page.locator("#preview strong")).to_have_text("Who")
        page.locator("#comment-form").get_by_role("button", name="Post comment").click()
        expect(page).to_have_url(re.compile("/discussion/sent/"))
        page.goto(link_in(letter_of(site, address, "/confirm/"), "confirm"))
        expect(page.get_by_text("Who drives it?")).to_be_visible()
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.locator(".comment:target")).to_contain_text("Who drives it?")

        own = link_in(letter_of(site, address, "/yours/"), "yours")
        page.goto(own)
        page.get_by_role("link", name="Edit").click()
        page.get_by_label("Comment", exact=True).fill(f"Who pays for it? ({javascript})")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".comment:target")).to_contain_text("Who pays for it?")
        expect(page.locator(".comment:target")).to_contain_text("edited")

        page.goto(own)
        page.get_by_role("link", name="Delete").click()
        page.get_by_role("button", name="Delete", exact=True).click()
        page.goto(site.url + POST)
        expect(page.get_by_text(f"Who pays for it? ({javascript})")).to_have_count(0)


@each_way
def test_a_member_answers_quotes_and_reports(chromium: Browser, site: RunningSite, javascript: bool):
    with browser.person(chromium, javascript=javascript) as page:
        sign_in(page, site)
        page.goto(site.url + POST)
        number = page.locator(".comment").first.get_attribute("id") or ""
        answered = page.locator(f"#{number}")
        card(answered).get_by_role("link", name=re.compile("^Quote")).click()
        form = page.locator("form[id^=reply-form]" if javascript else "#comment-form")
        quoted = form.get_by_label("Comment", exact=True)
        expect(quoted).to_have_value(re.compile("^> "))
        quoted.fill(f"> Said.\n\nAnd answered. ({javascript})")
        form.get_by_role("button", name="Post comment").click()
        said = page.locator(".comment:target")
        expect(card(said).locator("blockquote")).to_have_text("Said.")
        expect(page.locator(f"#{number} #{said.get_attribute('id')}")).to_have_count(1)

        card(answered).get_by_role("link", name=re.compile("^Report")).click()
        page.get_by_label("Something else").check()
        page.get_by_role("button", name="Report").click()
        expect(page.get_by_role("heading", name="Report sent")).to_be_visible()


@each_way
def test_a_removed_comment_comes_back_after_an_appeal(chromium: Browser, site: RunningSite, javascript: bool):
    address, words = f"rudy.{javascript}@example.net".lower(), f"You know nothing. ({javascript})"
    constants = f"SLUG, WORDS, ADDRESS = {POST.split('/')[2]!r}, {words!r}, {address!r}"
    number = concurrency.run_script(site.environment, f"{constants}\n{SAY}")
    with (
        browser.person(chromium, javascript=javascript) as moderator,
        browser.person(chromium, javascript=javascript) as author,
    ):
        enter(moderator, site, "moderator@example.org")
        moderate(moderator, site, number, "Remove", rule="2. Argue with the point, not the person")
        author.goto(f"{site.url}/discussion/comment/{number}/")
        expect(author.get_by_text("Removed by a moderator.")).to_be_visible()

        author.goto(link_in(letter_of(site, address, "/appeal/"), "appeal"))
        author.get_by_label("Why should your comment be restored?").fill("It was a joke among friends.")
        author.get_by_role("button", name="Send appeal").click()
        expect(author.get_by_role("heading", level=1)).to_have_text("We received your appeal")

        moderator.goto(f"{site.url}/admin/discussion/?queue=waiting")
        expect(moderator.get_by_text(words).first).to_be_visible()
        moderator.goto(f"{site.url}/admin/discussion/inspect/{number}/")
        expect(moderator.get_by_text("It was a joke among friends.")).to_be_visible()
        moderate(moderator, site, number, "Restore")
        author.goto(f"{site.url}/discussion/comment/{number}/")
        expect(author.locator(".comment:target")).to_contain_text(words)


def moderate(moderator: Page, site: RunningSite, number: int, name: str, *, rule: str = "") -> None:
    """Take one action from a comment's inspect view."""
    moderator.goto(f"{site.url}/admin/discussion/inspect/{number}/")
    moderator.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    if rule:
        moderator.get_by_label(re.compile("House rule")).select_option(label=rule)
    moderator.get_by_role("main").get_by_role("button", name=name).click()
    expect(moderator).not_to_have_url(re.compile("/bulk/"))
