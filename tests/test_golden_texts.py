"""What a reader reads on each kind of public page, word for word and in order.

The expected texts are in ``tests/golden``. After a change of words or templates
run ``make golden`` (or set ``RENEW_GOLDEN=1``) and read the difference in git.
"""

from __future__ import annotations

import difflib
import os
from collections import defaultdict
from collections.abc import Iterable

import pytest
import time_machine
from django.db import connection
from django.template.base import Template
from django.test.signals import template_rendered

from pagecache import fragments
from tests.support.paths import ROOT
from tests.support.reading import reading_of
from tests.support.rich_site import NOW, make_rich_site
from tests.support.template_parts import printing_parts, replaced

FOLDER = ROOT / "tests" / "golden"
PAGES = {
    "post": ("/blog/sharing-a-nurse/", "main"),
    "paper": ("/papers/building-capacity/", "main"),
    "front_page": ("/", "body"),
    "paper_without_file": ("/papers/sharing-payroll/", "main"),
    "post_without_comments": ("/blog/before/", "main"),
    "post_list": ("/blog/", "main"),
    "post_list_filtered": ("/blog/?topic=health-services&tag=nurses", "main"),
    "post_list_second_page": ("/blog/?page=2", "main"),
    "post_list_empty": ("/blog/?year=1999", "main"),
    "paper_list": ("/papers/", "main"),
    "author": ("/authors/quill-feather/", "main"),
    "topic": ("/topics/health-services/", "main"),
    "search_results": ("/search/?q=nurse", "main"),
    "search_results_filtered": ("/search/?q=nurse&topic=health-services", "main"),
    "search_without_results": ("/search/?q=zebra", "main"),
}
RANKED_PAGES = {"search_results", "search_results_filtered"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich_site(run_on_commit):
    with time_machine.travel(NOW, tick=False):
        with run_on_commit():
            make_rich_site()
        yield


def text_of(client, name: str) -> str:
    fragments.clear()  # a part that is kept would neither be rendered nor miss what was taken out of it
    address, within = PAGES[name]
    return reading_of(client.get(address).content.decode(), within=within)


def results_in_any_order(text: str) -> str:
    """Return ``text`` with the lines of the search results sorted: each database ranks in its own way."""
    head, results_for, results = text.partition(" for “")
    return head + results_for + "\n".join(sorted(results.splitlines()))


def difference(expected: str, actual: str, name: str) -> str:
    lines = difflib.unified_diff(
        expected.splitlines(), actual.splitlines(), f"golden/{name}.txt", "on the page", lineterm="", n=2
    )
    return "\n".join(lines)


def test_pages_read_as_they_should(client, rich_site):
    """One test for all pages: making the site costs more than reading them."""
    differences = []
    for name in PAGES:
        file, actual = FOLDER / f"{name}.txt", text_of(client, name)
        if os.environ.get("RENEW_GOLDEN"):
            file.write_text(actual, "utf-8")
        expected = file.read_text("utf-8") if file.exists() else ""
        if name in RANKED_PAGES and connection.vendor != "sqlite":
            expected, actual = results_in_any_order(expected), results_in_any_order(actual)
        differences.append(difference(expected, actual, name))
    differences_text = "\n\n".join(filter(None, differences))
    assert not differences_text, (
        f"Pages read differently now. If that is meant: make golden\n\n{differences_text}"
    )


# What was lost once without a test failing: dates of updates, public notes, key findings, abstract, number
# in a series, tags, topics, related pages, counts, neighbors and descriptions. tests/soak has all templates.
ONCE_UNNOTICED = [
    "publishing/page.html", "components/dates.html", "publishing/changes.html", "components/chips.html",
    "publishing/adjacent.html", "publishing/related.html", "blog/post.html", "papers/paper.html",
]  # fmt: skip


def test_nothing_that_matters_is_lost_unnoticed(client, rich_site):
    assert unnoticed_losses(client, ONCE_UNNOTICED) == []


def unnoticed_losses(client, names: Iterable[str] | None = None) -> list[str]:
    """Take each part out of the templates of public pages, one by one; return those that no page misses."""
    texts, users, templates = templates_of_pages(client)
    losses = []
    for name in names or sorted(templates):
        for part, rest in printing_parts(templates[name]):
            with replaced(templates[name], rest) as is_template:
                if is_template and all(text_of(client, page) == texts[page] for page in users[name]):
                    losses.append(part)
    return losses


def templates_of_pages(client) -> tuple[dict[str, str], dict[str, list[str]], dict[str, Template]]:
    """Return the text of each page, and by template the pages that use it, and the template itself."""
    texts: dict[str, str] = {}
    users: dict[str, list[str]] = defaultdict(list)
    templates: dict[str, Template] = {}

    for page in PAGES:

        def note(sender, template, page=page, **about):
            if "site-packages" not in template.origin.name:
                templates[template.name] = template
                if page not in users[template.name]:
                    users[template.name].append(page)

        template_rendered.connect(note)
        try:
            texts[page] = text_of(client, page)
        finally:
            template_rendered.disconnect(note)
    return texts, users, templates
