"""Times that programs read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from publishing.templatetags.times import machine_time
from tests.support.comments import make_comment
from tests.support.paths import ROOT

# https://html.spec.whatwg.org/#the-time-element: at most three digits after the seconds.
VALID = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,3})?[+-]\d\d:\d\d)?")


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 29, 3, 4, 5, 123456, tzinfo=UTC), "2026-11-28T22:04:05-05:00"),
        (datetime(2026, 7, 1, 12, tzinfo=UTC), "2026-07-01T08:00:00-04:00"),
        (date(2026, 11, 29), "2026-11-29"),
        (None, ""),
    ],
)
def test_a_moment_is_the_sites_local_time_to_the_second(moment, text):
    assert machine_time(moment) == text


@pytest.mark.django_db
def test_every_time_on_a_page_is_valid_html(client):
    comment = make_comment()
    comment.page.first_published_at = comment.submit_date
    comment.page.save()

    for address in (comment.page.url, "/", "/blog/", "/discussion/"):
        times = re.findall(r'datetime="([^"]*)"', client.get(address).content.decode())
        assert times, address
        assert [text for text in times if not VALID.fullmatch(text)] == [], address


def test_no_template_writes_a_time_in_another_way():
    templates = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "site").rglob("*.html")]

    pattern = re.compile("date:['\"]c['\"]")

    assert [path.name for path in templates if pattern.search(path.read_text("utf-8"))] == []
