"""Matches as hits: what a title has of the query, which phrases are exact, and how they are paged."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import PageViewRestriction

from publishing.text_search import parse_query
from publishing.words import normalized
from search import hits
from search.indexing import replace
from search.models import Entry
from search.ranking import Match, ranked
from tests.support.factories import make_paper


def make_hit(pk: int, *, kind: str = "post", page_id: int = 1, title: str = "") -> hits.Hit:
    stems = normalized(title).stems
    return hits.make_hit(
        Match(pk, 1.0, kind, page_id, "", title, stems, '["buses"]', "[]", "[]", "", None), UTC
    )


@pytest.mark.parametrize(
    ("title", "rank"),
    [("Shared buses", 3), ("Why shared buses pay", 2), ("Buses that towns shared", 1), ("Buses", 0)],
)
def test_a_title_counts_for_how_much_it_has_of_the_query(title, rank):
    query = "shared buses"

    assert make_hit(1, title=title).title_match(parse_query(query), normalized(query).stems) == rank


def test_a_hit_matches_what_its_facets_name():
    hit = make_hit(1)

    assert hit.facets.match({})
    assert hit.facets.match({"topic": "buses", "kind": "post"})
    assert not hit.facets.match({"topic": "buses", "kind": "paper"})
    assert not hit.facets.match({"year": "2026"})


def test_no_page_of_results_has_more_than_three_pages_of_one_paper_and_none_is_lost():
    of_one_paper = [make_hit(number, kind=Entry.Kind.PDF_PAGE) for number in range(5)]
    others = [make_hit(number, page_id=2) for number in range(5, 20)]

    pages = list(hits.paginate([*of_one_paper, *others]))

    assert [hit.pk for hit in pages[0]] == [0, 1, 2, *range(5, 12)]
    assert [hit.pk for hit in pages[1]] == [3, 4, *range(12, 20)]
    assert Counter(hit.pk for page in pages for hit in page) == Counter(range(20))


def test_pages_that_were_held_back_stand_in_order_among_those_of_other_papers():
    found = [make_hit(n, kind=Entry.Kind.PDF_PAGE, page_id=n // 8) for n in range(24)]

    pages = [[hit.pk for hit in page] for page in hits.paginate(found)]

    assert pages == [
        [0, 1, 2, 8, 9, 10, 16, 17, 18],
        [3, 4, 5, 11, 12, 13, 19, 20, 21],
        [6, 7, 14, 15, 22, 23],
    ]


@pytest.mark.parametrize(
    ("date", "year"),
    [
        (None, ()),
        ("2026-01-01 02:00:00", ("2025",)),
        ("2026-01-01 02:00:00+00", ("2025",)),
        ("2026-01-01 12:00:00.123456", ("2026",)),
    ],
)
def test_the_year_is_the_one_it_was_here(date, year):
    match = Match(1, 1.0, "post", 1, "", "", "", "[]", "[]", "[]", "", date)

    hit = hits.make_hit(match, ZoneInfo("America/New_York"))

    assert hit.facets.year == year


@pytest.mark.django_db
def test_only_what_is_on_public_pages_becomes_a_hit():
    public, private = make_paper(), make_paper()
    for paper in (public, private):
        replace({"page_id": paper.pk}, [Entry(kind="paper", page=paper, title="Quabbin")])
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    assert [hit.page_id for hit in hits.public_hits(ranked(parse_query("quabbin")))] == [public.pk]


@pytest.mark.django_db
def test_an_exact_phrase_keeps_the_entries_that_have_it_as_it_is_written():
    paper, terms = make_paper(), parse_query("“shared buses”")
    entries = [
        Entry(kind="sheet", page=paper, number=number, text=text)
        for number, text in enumerate(["They shared buses.", "They share a bus: sharing buses pays."], 1)
    ]
    replace({"page_id": paper.pk}, entries)

    exact = hits.with_exact_terms(ranked(terms), terms)

    assert [match.entry_id for match in exact] == [entries[0].pk]
