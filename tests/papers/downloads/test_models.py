"""Downloads are counted by edition and month, and the most downloaded papers of the last months are known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection

from papers.downloads.models import DownloadCount, most_read, this_month
from papers.models import Edition, Paper
from tests.support.factories import make_paper
from tests.support.paper_files import make_document, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]


@pytest.fixture
def document():
    """One file for all papers: nothing here is about what is in it."""
    return make_document(b"%PDF-")


@pytest.fixture
def march():
    with time_machine.travel(datetime(2030, 3, 15, 12, tzinfo=UTC), tick=False):
        yield


def make_counted(document, *months: tuple[date, int]) -> Paper:
    edition = make_edition(make_paper(), document=document)
    for month, number in months:
        DownloadCount.objects.create(edition=edition, month=month, number=number)
    return edition.paper


def most_read_papers(**options):
    return [page.pk for page in most_read(Edition.objects.all(), **options)]


def test_a_month_is_its_first_day():
    assert this_month() == date(2030, 3, 1)


def test_the_first_download_of_a_month_makes_its_row_and_the_next_add_to_it(document):
    edition, other = make_edition(document=document), make_edition(document=document)
    DownloadCount.objects.create(edition=edition, month=date(2030, 2, 1), number=7)

    for counted in (edition, edition, edition, other):
        DownloadCount.objects.add_one(counted.pk)

    rows = DownloadCount.objects.filter(edition=edition).order_by("month")
    assert [(row.month, row.number) for row in rows] == [(date(2030, 2, 1), 7), (date(2030, 3, 1), 3)]
    assert str(rows[1]) == f"{edition.pk}, 2030-03: 3"
    assert DownloadCount.objects.get(edition=other).number == 1


def test_two_readers_may_be_first_at_once(document):
    edition, waiting = make_edition(document=document), [1]

    def let_another_be_first(execute, sql, params, many, context):
        if waiting and sql.startswith("INSERT"):
            waiting.clear()
            DownloadCount.objects.add_one(edition.pk)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(let_another_be_first):
        DownloadCount.objects.add_one(edition.pk)

    assert DownloadCount.objects.get().number == 2


def test_counts_are_listed_by_month_and_then_by_edition(document, django_assert_num_queries):
    paper = make_paper()
    first = make_edition(paper, document=document)
    second = make_edition(paper)
    for edition in (second, first):
        DownloadCount.objects.create(edition=edition, month=date(2030, 3, 1), number=1)
    DownloadCount.objects.create(edition=second, month=date(2030, 2, 1), number=1)

    with django_assert_num_queries(1):
        listed = [(row.month.month, row.edition.number) for row in DownloadCount.objects.by_month()]

    assert listed == [(2, 2), (3, 1), (3, 2)]


def test_the_most_downloaded_paper_is_named_first(document):
    seldom = make_counted(document, (date(2030, 3, 1), 2), (date(2030, 2, 1), 2))
    often = make_counted(document, (date(2030, 3, 1), 5))
    never = make_counted(document)

    assert most_read_papers() == [often.pk, seldom.pk]
    assert never.pk not in most_read_papers()


def test_downloads_of_all_editions_and_months_of_a_paper_are_added_up(document):
    once = make_counted(document, (date(2030, 3, 1), 5))
    often = make_counted(document, (date(2030, 3, 1), 3), (date(2030, 1, 1), 2))
    DownloadCount.objects.create(edition=make_edition(often), month=date(2030, 3, 1), number=1)

    assert most_read_papers() == [often.pk, once.pk]


def test_of_two_papers_downloaded_as_often_the_later_one_comes_first(document):
    earlier, later = (make_counted(document, (date(2030, 3, 1), 2)) for _ in range(2))

    assert most_read_papers() == [later.pk, earlier.pk]


@pytest.mark.parametrize(
    ("months", "oldest", "before"),
    [
        (12, date(2029, 4, 1), date(2029, 3, 1)),
        (3, date(2030, 1, 1), date(2029, 12, 1)),
        (4, date(2029, 12, 1), date(2029, 11, 1)),
        (2, date(2030, 2, 1), date(2030, 1, 1)),
    ],
)
def test_the_last_months_are_counted_with_this_one(document, months, oldest, before):
    counted = make_counted(document, (oldest, 1))
    make_counted(document, (before, 9))

    assert most_read_papers(months=months) == [counted.pk]


def test_twelve_months_and_five_papers_are_the_usual(document):
    make_counted(document, (date(2029, 3, 1), 99))
    papers = [make_counted(document, (date(2029, 4, 1), number)) for number in range(1, 7)]

    assert most_read_papers() == [paper.pk for paper in reversed(papers[1:])]
    assert most_read_papers(limit=2) == [papers[5].pk, papers[4].pk]


def test_only_the_given_editions_count(document):
    make_counted(document, (date(2030, 3, 1), 2))

    assert most_read(Edition.objects.none()) == []
