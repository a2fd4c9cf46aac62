"""Hostile words through every field, looked at in a real browser: they are words, and nothing more."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from tests import browser, crowd, hostile, site_runner
from tests.site_runner import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Runs inside the site: comments, names and addresses as no form would let them in, and a moderator.
PLANT = """
import json
from django.conf import settings
from django.test import Client
from accounts.models import User
from blog.models import Post
from discussion.groups import grant
from django.contrib.auth.models import Group
from discussion.models import Appeal, Comment, Note, Report
from discussion.words import printable

post = Post.objects.get(slug="the-deadline-moved")
planted = []
for number, words in enumerate(WORDS):
    words = printable(words)
    comment = Comment(page=post, user_name=words[:50], user_email=f"g{number}@example.org",
                      user_url=words[:200], comment=words, anchor_quote=words[:500])
    comment.save()
    Report.objects.create(comment=comment, rule=0, words=words)
    Note.objects.create(comment=comment, words=words)
    Appeal.objects.create(comment=comment, words=words)
    planted.append(comment.pk)
grant()
moderator = User.objects.create_user("hostile@example.org", name="<script>trap()</script>")
moderator.groups.add(Group.objects.get(name="Moderators"))
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(moderator)
jar = client.cookies[settings.SESSION_COOKIE_NAME].value
print("FACTS" + json.dumps({"planted": planted, "name": settings.SESSION_COOKIE_NAME, "jar": jar}))
"""


def test_some_hostile_words_are_shown_and_do_nothing(chromium: Browser, site: RunningSite):
    throw(hostile.PAYLOADS[::40], chromium, site)


@pytest.mark.soak
def test_all_hostile_words_are_shown_and_do_nothing(chromium: Browser, tmp_path):
    running = site_runner.start(tmp_path, LIMITS="off")
    try:
        throw(hostile.PAYLOADS, chromium, running)
    finally:
        running.stop()


def throw(words: list[str], chromium: Browser, site: RunningSite) -> None:
    """Plant ``words`` everywhere and look at every page that shows them; type them into every field."""
    facts = crowd.ask(site.environment, f"WORDS = {words!r}\n{PLANT}")
    with browser.person(chromium) as page:
        sprung = watch(page)
        post = f"{site.url}/blog/the-deadline-moved/"
        for sheet in range(1, len(words) // 20 + 3):
            look(page, f"{post}?talk={sheet}")
        for address in ("/discussion/", f"/discussion/report/{facts['planted'][0]}/"):
            look(page, f"{site.url}{address}")
        for one in words:
            type_everywhere(page, post, one)
            search(page, site.url, one)
        page.context.add_cookies([{"name": facts["name"], "value": facts["jar"], "url": site.url}])
        look(page, f"{site.url}/admin/discussion/")
        for pk in facts["planted"]:
            look(page, f"{site.url}/admin/discussion/inspect/{pk}/")
        assert sprung == []


def watch(page: Page) -> list[str]:
    """Set the trap in every page to come; return the list of those who stepped into it."""
    sprung: list[str] = []
    page.expose_function("trap", lambda: sprung.append(page.url))
    page.on("dialog", lambda dialog: (sprung.append(dialog.message), dialog.dismiss()))
    return sprung


def look(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status < 400, f"{answer.status} {address}"


def type_everywhere(page: Page, post: str, words: str) -> None:
    """Type the same into every field of the comment form, and ask for the preview, then post it."""
    for button in ("Preview", "Post comment"):
        look(page, post)
        form = page.locator("#comment-form")
        form.evaluate("form => { form.noValidate = true; }")
        for name in ("name", "email", "url", "comment"):
            field = form.locator(f"[name={name}]")
            field.evaluate("(field, words) => { field.type = 'text'; field.value = words; }", words)
        with page.expect_navigation() as went:
            form.get_by_role("button", name=button, exact=True).click()
        assert went.value.status < 500, words


def search(page: Page, base: str, words: str) -> None:
    answer = page.goto(f"{base}/search/?" + urlencode({"q": words}))
    assert answer is not None
    assert answer.status < 500, words


def test_there_are_enough_of_them():
    assert len(hostile.PAYLOADS) >= 150
