"""Times that programs read."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.conf import settings
from wagtail.admin.localization import get_available_admin_time_zones

from accounts.privacy import registry
from accounts.privacy.json_encoder import LocalTimeEncoder
from publishing.models import Author, Authorship
from publishing.templatetags.times import machine_time
from tests.support.comments import make_comment
from tests.support.factories import make_author, make_paper, make_post
from tests.support.paper_files import make_edition
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


# Half past eleven in the evening of July 9, where the site is.
LATE = datetime(2027, 7, 10, 3, 30, tzinfo=UTC)
NEXT_DAY = re.compile(r"2027[-/]07[-/]10|July 10|10 July")
UTC_BY_PROTOCOL = re.compile(r"<(datestamp|responseDate)>[^<]*<")


@pytest.fixture
def late_site():
    """A post, a paper and a comment of one late evening."""
    with time_machine.travel(LATE, tick=False):
        post, paper = make_post(slug="late-post"), make_paper(slug="late-paper")
        Authorship.objects.create(page=paper, author=make_author("Adele Quillfeather"))
        Author.objects.update(slug="adele")
        make_edition(paper)
        for page in (post, paper):
            page.save_revision().publish()
            make_comment(on=page)
        yield paper


@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize(
    "address",
    [
        "/", "/blog/", "/papers/", "/discussion/", "/authors/adele/", "/blog/late-post/",
        "/papers/late-paper/",
        "/blog/feed/", "/papers/feed/", "/discussion/feed/", "/blog/late-post/feed/", "/sitemap.xml",
        "/oai/?verb=ListRecords&metadataPrefix=oai_dc",
        *(f"/papers/late-paper/cite/{kind}/" for kind in ("apa", "mla", "bibtex", "ris", "csl-json")),
    ],
)  # fmt: skip
def test_every_date_is_the_sites_local_day(client, late_site, address):
    text = UTC_BY_PROTOCOL.sub("", client.get(address).content.decode())

    assert "2027" in text
    assert NEXT_DAY.findall(text) == []


@pytest.mark.django_db
def test_what_a_member_takes_along_has_local_times(late_site):
    member = late_site.comments.get().user

    text = json.dumps(registry.export(member), cls=LocalTimeEncoder)

    assert "2027-07-09T23:30:00-04:00" in text
    assert NEXT_DAY.findall(text) == []


@pytest.mark.django_db
def test_the_admin_shows_the_days_that_readers_see():
    assert get_available_admin_time_zones() == [settings.TIME_ZONE]
