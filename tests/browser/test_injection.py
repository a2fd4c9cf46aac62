"""Hostile words through every field, looked at in a real browser: they are words, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.models import User
from tests.support import browser, concurrency, injection_payloads
from tests.support.factories import make_post
from tests.support.injection_targets import Planted, Target, guest_targets, member_targets, plant
from tests.support.paper_files import make_read_edition
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SOME = injection_payloads.PAYLOADS[::45] + injection_payloads.NAUGHTY[::260]
# Runs inside a site.
PLANT = """
import dataclasses, json
from blog.models import Post
from papers.models import Paper
from tests.support.injection_targets import plant

post, paper = Post.objects.get(slug="the-deadline-moved"), Paper.objects.all()[0]
print("FACTS" + json.dumps(dataclasses.asdict(plant(WORDS, post=post, paper=paper))))
"""


def test_there_are_enough_of_them():
    assert len(injection_payloads.PAYLOADS) >= 150
    assert len(injection_payloads.NAUGHTY) > 500


def test_a_trap_springs_where_a_page_lets_words_through(chromium: Browser):
    with browser.person(chromium) as page:
        sprung = watch(page)
        for words in ("<script>trap()</script>", "<img src=x onerror=trap()>", "<svg onload=trap()>"):
            page.set_content(f"<p>{words}</p>")

        page.wait_for_timeout(200)  # what loads calls it a moment later
        assert len(sprung) == 3


@pytest.mark.django_db
def test_whatever_is_said_at_whatever_address_is_no_error_and_no_script(chromium: Browser, settings):
    submit_everywhere(SOME, chromium, settings)


def submit_everywhere(words: list[str], chromium: Browser, settings) -> None:
    settings.LIMITS = False
    planted = plant(words, post=make_post(), paper=make_read_edition(pages=["One"]).paper)
    stranger, moderator = Client(), Client()
    moderator.force_login(User.objects.get(pk=planted.moderator))
    with browser.person(chromium) as page:
        sprung = watch(page)
        for one in words:
            submit(guest_targets(planted, one), stranger, page)
            submit(member_targets(planted, one), moderator, page)
        submit(((link, None) for link in planted.links), stranger, page)
        submit(((f"/admin/discussion/inspect/{pk}/", None) for pk in planted.comments), moderator, page)
        submit(((f"/discussion/reply/{pk}/?quote=1", None) for pk in planted.comments), stranger, page)
        page.wait_for_timeout(200)
        assert sprung == []


def test_what_hostile_people_left_behind_and_type_does_nothing(chromium: Browser, site: RunningSite):
    plant_and_type(SOME, chromium, site)


def plant_and_type(words: list[str], chromium: Browser, site: RunningSite) -> None:
    planted = Planted(**concurrency.run_script(site.environment, f"WORDS = {words!r}\n{PLANT}"))
    with browser.person(chromium) as page:
        sprung = watch(page)
        look_at_all(page, site, planted)
        for one in words:
            type_everywhere(page, site.url + planted.post, one)
        assert sprung == []


def watch(page: Page) -> list[str]:
    """Set the trap in every page to come; return the list of those who stepped into it."""
    sprung: list[str] = []
    page.expose_function("trap", lambda: sprung.append(page.content()))
    page.on("dialog", lambda dialog: (sprung.append(dialog.message), dialog.dismiss()))
    return sprung


def submit(paths: Iterable[Target], client: Client, page: Page) -> None:
    """Say words at each door, and show the answer without the site's policy to hold back what it runs."""
    for address, fields in paths:
        response = (
            client.get(address, follow=True) if fields is None else client.post(address, fields, follow=True)
        )
        assert response.status_code < 500, f"{response.status_code} {address} {fields}"
        page.set_content(response.content.decode())


def look_at_all(page: Page, site: RunningSite, planted: Planted) -> None:
    for number in range(1, len(planted.comments) // 20 + 3):
        look(page, f"{site.url}{planted.paper}?talk={number}")
    for address in ("/discussion/", "/", *planted.links[:20]):
        look(page, f"{site.url}{address}")
    for feed in (f"{planted.paper}feed/", "/discussion/feed/"):
        ElementTree.fromstring(page.request.get(f"{site.url}{feed}").text())


def look(page: Page, address: str) -> None:
    response = page.goto(address)
    assert response is not None
    assert response.status < 400, f"{response.status} {address}"


def type_everywhere(page: Page, post: str, words: str) -> None:
    """Type the same into every field of the comment form, and ask for the preview."""
    look(page, post)
    form = page.locator("#comment-form")
    form.evaluate("form => { form.noValidate = true; }")
    for name in ("name", "email", "url", "comment"):
        field = form.locator(f"[name={name}]")
        field.evaluate("(field, words) => { field.type = 'text'; field.value = words; }", words)
    with page.expect_navigation() as went:
        form.get_by_role("button", name="Preview", exact=True).click()
    assert went.value.status < 500, words
