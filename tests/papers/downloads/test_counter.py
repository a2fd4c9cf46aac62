"""Downloads by people are counted, by edition and month; nothing else is, and nobody is followed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from papers.downloads import counter
from papers.downloads.models import DownloadCountQuerySet
from papers.models import DownloadCount
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def fetch(client, edition, *, method="get", agent=FIREFOX, **headers):
    address = f"{edition.paper.url}editions/{edition.number}/download/"
    response = getattr(client, method)(address, headers={"User-Agent": agent, **headers})
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def counted(edition) -> int:
    return sum(DownloadCount.objects.filter(edition=edition).values_list("number", flat=True))


def test_each_download_by_a_person_counts(client):
    edition = make_edition()

    for _ in range(3):
        fetch(client, edition)

    assert counted(edition) == 3
    assert not client.cookies


def test_editions_and_months_are_counted_apart(client):
    first = make_edition()
    second = make_edition(first.paper)
    with time_machine.travel(datetime(2030, 1, 31, 12, tzinfo=UTC)):
        fetch(client, first)
    with time_machine.travel(datetime(2030, 2, 1, 12, tzinfo=UTC)):
        fetch(client, first)
        fetch(client, second)

    rows = DownloadCount.objects.by_month().values_list("month", "edition__number", "number")
    assert list(rows) == [(date(2030, 1, 1), 1, 1), (date(2030, 2, 1), 1, 1), (date(2030, 2, 1), 2, 1)]


def test_the_newest_edition_is_counted_under_its_number(client):
    edition = make_edition()

    client.get(f"{edition.paper.url}download/", headers={"User-Agent": FIREFOX})

    assert counted(edition) == 1


@pytest.mark.parametrize(
    "agent",
    [
        "", "-", "Mozilla/5.0", "curl/8.5.0", "Wget/1.21", "python-requests/2.32", "Go-http-client/2.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
        "facebookexternalhit/1.1", "Mozilla/5.0 (compatible; SemrushBot/7)", "CCBot/2.0",
    ],
)  # fmt: skip
def test_robots_are_not_counted(client, agent):
    edition = make_edition()

    assert fetch(client, edition, agent=agent).status_code == 200
    assert counted(edition) == 0


@pytest.mark.parametrize(
    "agent",
    [
        FIREFOX,
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/18.0 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) "
        "SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
        "Lynx/2.9.0 libwww-FM/2.14",
    ],
)
def test_browsers_are_taken_for_people(agent):
    assert not counter.is_robot(agent)


def asked(method="GET", agent=FIREFOX, **headers):
    return RequestFactory(headers={"User-Agent": agent, **headers}).generic(method, "/papers/a/download/")


@pytest.mark.parametrize(
    ("request_", "status", "content_range", "counts"),
    [
        (asked(), 200, None, True),
        (asked(), 206, "bytes 0-99/500", True),
        (asked(), 206, "bytes 10-99/500", False),
        (asked(), 206, "bytes 100-499/500", False),
        (asked(), 304, None, False),
        (asked(), 199, None, False),
        (asked(), 404, None, False),
        (asked("HEAD"), 200, None, False),
        (asked("POST"), 200, None, False),
        (asked("DELETE"), 200, None, False),
        (asked(agent="curl/8.5.0"), 200, None, False),
        (asked(agent="  Mozilla/5.0 "), 200, None, False),
        (asked(**{"Sec-Purpose": "prefetch"}), 200, None, False),
        (asked(**{"Sec-Purpose": "prefetch;prerender"}), 206, "bytes 0-99/500", False),
        (asked(Purpose="prefetch"), 200, None, False),
        (asked(Purpose="reading"), 200, None, True),
    ],
)
def test_a_download_is_the_beginning_of_a_file_that_a_person_asked_for(
    request_, status, content_range, counts
):
    response = HttpResponse(status=status, headers={"Content-Range": content_range} if content_range else {})

    assert counter.is_download(request_, response) is counts


def test_what_is_no_whole_new_download_is_not_counted(client):
    edition = make_edition()
    tag = fetch(client, edition, method="head")["ETag"]

    assert fetch(client, edition, Range="bytes=10-20").status_code == 206
    assert fetch(client, edition, Range="bytes=99999999-").status_code == 416
    assert fetch(client, edition, **{"If-None-Match": tag}).status_code == 304
    assert fetch(client, edition, **{"Sec-Purpose": "prefetch"}).status_code == 200
    assert counted(edition) == 0


def test_a_file_fetched_in_parts_counts_once(client):
    edition = make_edition()

    for part in ("bytes=0-99", "bytes=100-199", "bytes=200-"):
        assert fetch(client, edition, Range=part).status_code == 206

    assert counted(edition) == 1


def test_refusals_are_not_counted(client):
    edition = make_edition()
    edition.withdraw(reason="Wrong.")

    assert fetch(client, edition).status_code == 410
    assert counted(edition) == 0


def test_a_count_that_fails_never_costs_the_reader_the_file(client, monkeypatch, caplog):
    edition = make_edition()

    def fail(self, edition_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM no_such_table")

    monkeypatch.setattr(DownloadCountQuerySet, "add_one", fail)

    assert fetch(client, edition).status_code == 200
    [record] = [record for record in caplog.records if record.name == counter.__name__]
    assert record.getMessage() == f"A download of edition {edition.pk} was not counted"
    assert record.exc_info
    with pytest.raises(DatabaseError):
        fail(None, None)


def test_counting_costs_one_statement(client, django_assert_num_queries):
    edition = make_edition()
    DownloadCount.objects.add_one(edition.pk)

    with django_assert_num_queries(1):
        DownloadCount.objects.add_one(edition.pk)

    assert counted(edition) == 2


def test_the_list_of_papers_names_the_most_read(client):
    seldom, often = make_paper(title="Seldom"), make_paper(title="Often")
    DownloadCount.objects.create(edition=make_edition(seldom), month=date.today().replace(day=1), number=2)
    DownloadCount.objects.create(edition=make_edition(often), month=date.today().replace(day=1), number=9)

    page = client.get("/papers/").content.decode()

    part = page.partition("Most downloaded this year")[2]
    assert part.index("Often") < part.index("Seldom")
    assert "Most downloaded this year" not in client.get("/papers/?page=1").content.decode()


def test_what_is_private_now_is_not_named_among_the_most_read(client):
    hidden = make_edition(make_paper(title="Hidden away"))
    DownloadCount.objects.create(edition=hidden, month=date.today().replace(day=1), number=9)
    hidden.paper.unpublish()

    assert "Hidden away" not in client.get("/papers/").content.decode()


@pytest.mark.parametrize(
    "agent", ["Java/17.0.9", "PHP/8.3", "PostmanRuntime/7.39", "Dalvik/2.1.0 (Linux)", "Some program"]
)
def test_a_program_that_names_no_browser_does_not_count(client, agent):
    edition = make_edition()

    fetch(client, edition, agent=agent)

    assert counted(edition) == 0


@pytest.mark.parametrize(
    "agent", [FIREFOX, "Opera/9.80 (X11) Version/12.16", "Lynx/2.9.2 libwww-FM/2.14", "w3m/0.5.3+git2023"]
)
def test_a_browser_counts_with_a_screen_and_without(client, agent):
    edition = make_edition()

    fetch(client, edition, agent=agent)

    assert counted(edition) == 1
