"""Every page of the discussion on the way through its forms; each stop is yielded once the page is there.

``states`` is what ``comment_states.plant`` returns. Both journeys change the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.pseudo_locale import named
from tests.support.sites import RunningSite

Stops = Iterator[str]
WORDS = "> Quoted.\n\nAnd [a link](https://example.org/), *emphasis*.\n\n1. one\n2. two"


def typing(page: Page, site: RunningSite, states: dict[str, Any], *, words: str = WORDS) -> Stops:
    """What a stranger sees who previews, forgets something, reports, and replies in place."""
    paths = states["public_pages"]
    page.goto(site.url + paths["the discussion"])
    page.locator("#comment-form").get_by_label(named("Comment")).fill(words)
    page.locator("#comment-form").get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()
    yield "a preview"

    send(page, "Post comment", form="#comment-form")
    expect(page.locator(".error-summary")).to_be_focused()
    yield "a refused comment"

    page.goto(site.url + paths["a report"])
    send(page, "Report")
    expect(page.get_by_text("Choose a rule, or “Something else.”").first).to_be_visible()
    yield "a refused report"

    page.goto(site.url + paths["the discussion"])
    page.locator("a[data-reply]").first.click()
    expect(page.locator("form[id^=reply-form]")).to_be_visible()
    yield "a form beneath a comment"


def sending(page: Page, site: RunningSite, states: dict[str, Any], *, words: str = WORDS) -> Stops:
    """What follows once a stranger has sent each form, with and without what it asks for."""
    paths = states["public_pages"]
    page.goto(site.url + paths["a report"])
    page.get_by_role("radio").last.check()
    send(page, "Report")
    yield "a report sent"
    for path, button in (("resend links", "Send links"), ("an appeal", "Send appeal")):
        page.goto(site.url + paths[path])
        send(page, button)
        yield f"{path}, refused"
        page.locator("main input[type=email], main textarea").first.fill("gil@example.org")
        send(page, button)
        yield f"{path}, sent"
    page.goto(site.url + paths["a guest's edit"])
    page.get_by_role("main").locator("textarea").fill("")
    send(page, "Save")
    yield "a guest's edit, refused"
    page.goto(site.url + paths["following"])
    send(page, "Save")
    yield "following, saved"
    for path in ("stop", "remove by link", "spam by link"):
        page.goto(site.url + paths[path])
        yield path
        page.get_by_role("main").get_by_role("button").last.click()
        yield f"{path}, sent"
    page.goto(site.url + paths["confirm"])
    page.get_by_role("main").get_by_role("button").first.click()
    yield "a confirmed comment"


def belonging(page: Page, site: RunningSite, states: dict[str, Any], *, words: str = WORDS) -> Stops:
    """What a member sees who edits, follows, chooses e-mail and deletes."""
    members = states["member_pages"]
    page.goto(site.url + members["edit"])
    page.get_by_role("main").locator("textarea").fill(words)
    send(page, "Preview")
    yield "an edit in preview"
    page.get_by_role("main").locator("textarea").fill("")
    send(page, "Save")
    yield "a refused edit"
    page.goto(site.url + members["follow"])
    send(page, re.compile("Follow|Save"))
    yield "a followed discussion"
    page.goto(site.url + members["follow"])
    yield "preferences of a followed discussion"
    send(page, "Unfollow")
    yield "a discussion no longer followed"
    page.goto(site.url + members["wishes"])
    send(page, "Save")
    yield "wishes, saved"
    page.goto(site.url + members["delete"])
    send(page, "Delete")
    yield "a discussion without one's comment"


def send(page: Page, name: str | re.Pattern[str], *, form: str = "main") -> None:
    """Press a button as a browser that checks nothing by itself."""
    page.wait_for_load_state()
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    with page.expect_navigation():
        button = name if isinstance(name, re.Pattern) else named(name)
        page.locator(form).get_by_role("button", name=button).first.click()
