"""What a reader reads on each kind of public page, word for word and in order.

The expected texts are in ``tests/golden``. After a change of words or templates
run ``make golden`` (or set ``RENEW_GOLDEN=1``) and read the difference in git.
"""

from __future__ import annotations

import difflib
import os

import pytest
import time_machine

from tests.support.paths import ROOT
from tests.support.reading import reading_of
from tests.support.rich_site import NOW, make_rich_site

FOLDER = ROOT / "tests" / "golden"
PAGES = {
    "front_page": ("/", "body"),
    "post": ("/blog/sharing-a-nurse/", "main"),
    "paper": ("/papers/building-capacity/", "main"),
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich_site(kept):
    with time_machine.travel(NOW, tick=False):
        with kept():
            make_rich_site()
        yield


def text_of(client, name: str) -> str:
    address, within = PAGES[name]
    return reading_of(client.get(address).content.decode(), within=within)


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
        differences.append(difference(expected, actual, name))
    found = "\n\n".join(filter(None, differences))
    assert not found, f"Pages read differently now. If that is meant: make golden\n\n{found}"
