"""Talking in a real browser: members and guests, with scripts and without, and nothing in anybody's way."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support import browser
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
POST = "/blog/our-future-role/"
each_way = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sign_in(page: Page, site: RunningSite, *, whose: str = "Maria Alvarez") -> None:
    page.goto(site.url + POST)
    page.locator("#comment-form").get_by_role("button", name="Sign in with Google").click()
    page.get_by_role("button", name=re.compile(whose)).first.click()
    expect(page.locator("#comment-form")).to_contain_text("You are commenting")


def post_comment(page: Page, words: str) -> Locator:
    form = page.locator("#comment-form")
    form.get_by_label("Comment", exact=True).fill(words)
    form.get_by_role("button", name="Post comment").click()
    said = page.locator(".comment:target")
    expect(said).to_contain_text(words)
    return said


def card(comment: Locator) -> Locator:
    return comment.locator(":scope > .comment__card")


@each_way
def test_enter_in_a_field_posts_and_never_signs_in(chromium: Browser, site: RunningSite, javascript: bool):
    with browser.person(chromium, javascript=javascript) as page:
        page.goto(site.url + POST)
        form = page.locator("#comment-form")
        form.get_by_label("Comment", exact=True).fill(f"Enter is for posting. ({javascript})")
        form.get_by_label("Name").fill("Enid Ter")
        form.get_by_label("E-mail", exact=True).fill(f"enid.{javascript}@example.net".lower())
        form.get_by_label("E-mail", exact=True).press("Enter")

        expect(page).to_have_url(re.compile("/discussion/sent/"))


@each_way
def test_a_member_finds_useful_edits_and_deletes(chromium: Browser, site: RunningSite, javascript: bool):
    with browser.person(chromium, javascript=javascript) as page:
        sign_in(page, site)
        button = page.get_by_role("button", name=re.compile("^Useful")).first
        before = button.get_attribute("aria-pressed")
        button.click()
        button = page.get_by_role("button", name=re.compile("^Useful")).first
        expect(button).to_have_attribute("aria-pressed", "false" if before == "true" else "true")
        page.reload()
        button = page.get_by_role("button", name=re.compile("^Useful")).first
        expect(button).to_have_attribute("aria-pressed", "false" if before == "true" else "true")

        comment = post_comment(page, f"The bus leaves at seven. ({javascript})")
        card(comment).get_by_role("link", name="Edit").click()
        page.get_by_label("Comment", exact=True).fill(f"The bus leaves at eight. ({javascript})")
        page.get_by_role("button", name="Save").click()
        said = page.locator(".comment:target")
        expect(said).to_contain_text("The bus leaves at eight.")
        expect(said).to_contain_text("edited")
        expect(said.get_by_role("status")).to_have_text("Comment saved.")
        assert ("edited=" in page.url) is not javascript  # gone from the address that one may share

        card(comment).get_by_role("link", name="Delete").click()
        page.get_by_role("button", name="Delete", exact=True).click()
        expect(page).to_have_url(re.compile(f"{POST}#comment-deleted"))
        expect(page.get_by_role("status").filter(has_text="Comment deleted.")).to_be_visible()
        expect(page.get_by_text(f"The bus leaves at eight. ({javascript})")).to_have_count(0)


@each_way
def test_a_member_follows_a_discussion_and_stops(chromium: Browser, site: RunningSite, javascript: bool):
    with browser.person(chromium, javascript=javascript) as page:
        sign_in(page, site, whose="Maria Alvarez")
        page.get_by_role("link", name="Follow this discussion").click()
        page.get_by_label("every new comment on this page").check()
        page.get_by_label("once a week").check()
        page.get_by_role("button", name="Follow", exact=True).click()
        page.get_by_role("link", name="You follow this discussion").click()
        page.get_by_role("button", name="Unfollow").click()

        expect(page.get_by_role("link", name="Follow this discussion")).to_be_visible()


@each_way
def test_a_guest_is_told_of_answers_and_stops_the_emails(
    chromium: Browser, site: RunningSite, javascript: bool
):
    address, kind = f"gus.{javascript}@example.net".lower(), f"({javascript})"
    with browser.person(chromium, javascript=javascript) as page:
        page.goto(site.url + POST)
        form = page.locator("#comment-form")
        form.get_by_label("Comment", exact=True).fill(f"Who pays for the bus? {kind}")
        form.get_by_label("Name").fill("Gus Guest")
        form.get_by_label("E-mail", exact=True).fill(address)
        form.get_by_label("E-mail me about replies").check()
        form.get_by_role("button", name="Post comment").click()
        expect(page).to_have_url(re.compile("/discussion/sent/"))
        page.goto(link_in(site.newest_email_to(address), "confirm"))
        page.get_by_role("main").get_by_role("button").first.click()
        said = page.locator(".comment:target")
        expect(said).to_contain_text(f"Who pays for the bus? {kind}")
        reply = card(said).get_by_role("link", name="Reply to Gus Guest").get_attribute("href")

        with browser.person(chromium, javascript=False) as other:
            sign_in(other, site)
            other.goto(site.url + (reply or ""))
            other.get_by_label("Comment", exact=True).fill(f"The member towns do. {kind}")
            other.get_by_role("button", name="Post comment").click()

        email = letter_of(site, address, "The member towns do.")
        assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in email
        page.goto(link_in(email, "stop"))
        page.get_by_role("button", name="Unsubscribe").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You’re unsubscribed")


def letter_of(site: RunningSite, address: str, words: str) -> str:
    """Return the e-mail to ``address`` that holds ``words``, once the scheduled job has written it."""
    import time

    for _ in range(150):
        email = site.newest_email_to(address).replace("=\n", "")
        if words in email:
            return email
        time.sleep(0.2)
    raise AssertionError(f"No e-mail says {words!r}")


def link_in(email: str, path: str) -> str:
    violations = re.findall(
        rf"http://127\.0\.0\.1:\d+/discussion/{path}/[^\s\"<>]+", email.replace("=\n", "")
    )
    return str(violations[0])


def test_drafts_survive_a_reload_and_go_once_they_are_posted(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        sign_in(page, site)
        words = page.locator("#comment-form").get_by_label("Comment", exact=True)
        words.fill("Half a thought")
        open_reply(page).fill("Half an answer")
        page.reload()
        expect(words).to_have_value("Half a thought")
        expect(open_reply(page)).to_have_value("Half an answer")

        page.locator("#comment-form").get_by_role("button", name="Post comment").click()
        expect(page.locator(".comment:target")).to_contain_text("Half a thought")
        page.goto(site.url + POST)
        expect(words).to_have_value("")
        expect(open_reply(page)).to_have_value("Half an answer")


def open_reply(page: Page) -> Locator:
    """Open the form beneath the first comment, and return the field in it once it is being written in."""
    page.get_by_role("link", name=re.compile("^Reply to ")).first.click()
    words = page.locator("[data-reply-place]").get_by_label("Comment", exact=True)
    expect(words).to_be_focused()
    return words


@each_way
def test_a_guest_is_remembered_only_when_they_ask(chromium: Browser, site: RunningSite, javascript: bool):
    with browser.person(chromium, javascript=javascript) as page:
        page.goto(site.url + POST)
        expect(page.get_by_label("Remember me on this device")).not_to_be_checked()
        form = page.locator("#comment-form")
        form.get_by_label("Comment", exact=True).fill(f"Remember me. ({javascript})")
        form.get_by_label("Name").fill("Rhea Member")
        form.get_by_label("E-mail", exact=True).fill(f"rhea.{javascript}@example.net".lower())
        form.get_by_label("Remember me on this device").check()
        form.get_by_role("button", name="Post comment").click()
        expect(page).to_have_url(re.compile("/discussion/sent/"))

        cookies = [(cookie["name"], cookie["path"]) for cookie in page.context.cookies()]
        assert cookies == ([] if javascript else [("colloquy_guest", "/discussion/")])
        page.goto(site.url + POST)
        reply = page.get_by_role("link", name=re.compile("^Reply to ")).first.get_attribute("href")
        page.goto(site.url + (reply or ""))
        expect(page.get_by_label("Name")).to_have_value("Rhea Member")


def test_selected_words_are_quoted_and_threads_fold(chromium: Browser, site: RunningSite):
    with browser.person(chromium) as page:
        page.goto(site.url + POST)
        comment = page.locator(".comment:has(> .thread)").first
        text = card(comment).locator(".comment__text p").first
        text.evaluate("text => getSelection().setBaseAndExtent(text.firstChild, 0, text.firstChild, 9)")
        some = text.inner_text()[:9].strip()
        card(comment).get_by_role("link", name=re.compile("^Quote")).click()
        expect(card(comment).get_by_label("Comment", exact=True)).to_have_value(f"> {some}\n\n")

        fold = card(comment).get_by_role("button", name="Hide replies")
        fold.click()
        expect(comment.locator(":scope > .thread")).to_be_hidden()
        card(comment).get_by_role("button", name="Show replies").click()
        expect(comment.locator(":scope > .thread")).to_be_visible()


def test_the_next_page_begins_at_the_discussion(chromium: Browser, site: RunningSite):
    with browser.person(chromium, javascript=False) as page:
        page.goto(site.url + POST)
        following = page.locator(".discussion .pager a[rel=next]")
        if following.count():
            following.click()
            expect(page).to_have_url(re.compile("#discussion$"))


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_nothing_stands_in_anybodys_way(chromium: Browser, site: RunningSite, width: int, dark: bool):
    with browser.person(chromium, width=width, dark=dark) as page:
        sign_in(page, site)
        pk = re.sub(r"\D", "", page.locator(".comment").first.get_attribute("id") or "")
        comment = post_comment(page, f"For looking at. ({width} {dark})")
        own = re.sub(r"\D", "", comment.get_attribute("id") or "")
        # The discussion itself is looked at in test_discussion_accessibility.py, with all kinds of comments.
        paths = [
            f"/discussion/reply/{pk}/", f"/discussion/edit/{own}/", f"/discussion/delete/{own}/",
            "/discussion/sent/", "/discussion/waiting/", "/discussion/yours/", "/discussion/",
        ]  # fmt: skip
        for path in paths:
            page.goto(site.url + path)
            assert_in_nobodys_way(page)


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_a_guests_emails_lead_to_pages_that_are_in_nobodys_way(
    chromium: Browser, site: RunningSite, width: int, dark: bool
):
    address, words = f"wolf.{width}@example.net", f"Who pays at {width}?"
    with browser.person(chromium, width=width, dark=dark) as page:
        page.goto(site.url + POST)
        form = page.locator("#comment-form")
        form.get_by_label("Comment", exact=True).fill(words)
        form.get_by_label("Name").fill("Wolfeschlegelsteinhausenbergerdorffwelchevoralter")
        form.get_by_label("E-mail", exact=True).fill(address)
        form.get_by_role("button", name="Post comment").click()
        expect(page).to_have_url(re.compile("/discussion/sent/"))

        page.goto(link_in(site.newest_email_to(address), "confirm"))
        assert_in_nobodys_way(page)
        page.get_by_role("button", name="Publish comment").click()
        said = page.locator(".comment:target")
        expect(said).to_contain_text(words)
        number = re.sub(r"\D", "", said.get_attribute("id") or "")

        page.goto(link_in(letter_of(site, address, "You confirmed"), "yours"))
        assert_in_nobodys_way(page)
        page.get_by_role("link", name="Edit").click()
        assert_in_nobodys_way(page)
        page.go_back()
        page.get_by_role("link", name="Delete").click()
        assert_in_nobodys_way(page)
        page.get_by_role("button", name="Delete", exact=True).click()
        expect(page).to_have_url(re.compile(f"{POST}#comment-deleted"))
        expect(page.get_by_role("status").filter(has_text="Comment deleted.")).to_be_visible()
        page.goto(f"{site.url}/discussion/comment/{number}/")
        expect(page.get_by_role("heading", level=1)).to_have_text("This comment is no longer here.")
        assert_in_nobodys_way(page)


def assert_in_nobodys_way(page: Page) -> None:
    assert complaints_of(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"


def complaints_of(page: Page) -> list[str]:
    violations = Axe().run(page, options={"runOnly": RULES})
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations.response["violations"]]
