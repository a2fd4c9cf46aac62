"""Everything people read can be translated: a site in brackets, read in a browser, leaves no English over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.soak.test_accessibility import PUBLIC
from tests.support import browser, comment_states, concurrency, databases, sites
from tests.support.pseudo_locale import outside_brackets
from tests.support.sites import RunningSite

pytestmark = [pytest.mark.soak, pytest.mark.browser, pytest.mark.xdist_group("pseudo-locale")]

# Names, formats and codes that are the same in every language.
SAME_EVERYWHERE = {
    "colloquy", "google", "microsoft", "facebook", "wordpress", "com", "openid", "connect",
    "apa", "chicago", "harvard", "ieee", "mla", "bibtex", "ris", "csl", "json", "pdf", "doi", "orcid",
}  # fmt: skip
PREPARE = """
from tests.support import pseudo_locale
pseudo_locale.prepare_in_greek()
print("FACTS{}")
"""
# What people typed, in Greek too; and two who are signed in.
PEOPLE = """
import json
from django.conf import settings
from django.test import Client
from accounts.models import User
from blog.models import Post
from discussion.models import Comment
from papers.models import Paper
from wagtail.models import Page
from tests.support.pseudo_locale import greek
for comment in Comment.objects.all():
    texts = ("comment", "html", "addendum", "addendum_html", "user_name", "anchor_quote")
    Comment.objects.filter(pk=comment.pk).update(**{name: greek(getattr(comment, name)) for name in texts})
for page in Page.objects.filter(depth__gt=1):
    Page.objects.filter(pk=page.pk).update(title=greek(page.title), draft_title=greek(page.title))
for post in Post.objects.all():
    Post.objects.filter(pk=post.pk).update(introduction=greek(post.introduction))
for user in User.objects.all():
    texts = ("name", "role", "organisation")
    User.objects.filter(pk=user.pk).update(**{name: greek(getattr(user, name)) for name in texts})
def cookie(**who):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(**who))
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
print("FACTS" + json.dumps({
    "admin": cookie(email="admin@example.org"),
    "comment": Comment.objects.latest("pk").pk,
    "post": Post.objects.get(slug="our-future-role").pk,
    "paper": Paper.objects.get(slug="building-capacity-in-small-districts").pk,
}))
"""
ADMIN = [
    "", "discussion/", "discussion/?queue=waiting", "discussion/inspect/{comment}/", "discussion-bans/",
    "discussion-bans/new/", "reports/discussion/", "pages/{post}/edit/", "pages/{paper}/edit/",
]  # fmt: skip

READ = """
(root) => {
  const said = [], attributes = [];
  const skip = (it) => it.closest("script, style, template, code, pre, [lang]:not(html)");
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walk.currentNode; node; node = walk.nextNode()) {
    const it = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (!it || skip(it)) continue;
    if (node.nodeType === Node.TEXT_NODE) said.push(node.data);
    else for (const name of ["alt", "title", "aria-label", "placeholder", "aria-description"])
      if (node.hasAttribute(name)) attributes.push(node.getAttribute(name));
  }
  return said.concat(attributes);
}
"""
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")


@pytest.fixture(scope="module")
def bracketed(tmp_path_factory: pytest.TempPathFactory, django_db_setup) -> Iterator[RunningSite]:
    """A whole site with the demo in Greek letters, and every string of ours in brackets."""
    folder = tmp_path_factory.mktemp("pseudo")
    with databases.another(folder) as address:
        concurrency.ask(sites.environment(folder, DATABASE_URL=address), PREPARE)
        running = sites.start(
            folder, DATABASE_URL=address, DJANGO_SETTINGS_MODULE="tests.support.pseudo_settings"
        )
        yield running
        running.stop()


@pytest.fixture(scope="module")
def facts(bracketed: RunningSite) -> dict[str, Any]:
    planted = comment_states.plant(bracketed)
    return planted | concurrency.ask(_in_english(bracketed), PEOPLE)


def _in_english(site: RunningSite) -> dict[str, str]:
    return site.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}


def untranslated(page: Page, within: str = "html") -> list[str]:
    """Return each text on the page that holds a Latin word outside the brackets."""
    texts = page.locator(within).first.evaluate(READ)
    return [
        " ".join(text.split())[:120]
        for text in outside_brackets(texts)
        if any(
            word.lower() not in SAME_EVERYWHERE for word in re.findall(r"[A-Za-z]{3,}", ADDRESS.sub("", text))
        )
    ]


def tour(page: Page, site: RunningSite, addresses: list[str], within: str = "html") -> dict[str, list[str]]:
    found = {}
    for address in addresses:
        page.goto(site.url + address)
        page.wait_for_load_state("load")
        if offenders := untranslated(page, within):
            found[address] = sorted(set(offenders))
    return found


def test_public_pages_hold_no_untranslated_english(chromium: Browser, bracketed: RunningSite, facts):
    with browser.person(chromium) as page:
        assert tour(page, bracketed, PUBLIC) == {}
