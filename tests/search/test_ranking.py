"""What answers best comes first, and words that are everywhere cost little more than rare ones."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.text_search import parse_query
from search import ranking
from search.indexing import replace
from search.models import Entry
from tests.support.factories import make_paper

pytestmark = pytest.mark.django_db


def make_entries(*texts: str, **fields) -> list[int]:
    """Make a paper with a page for each text; return their keys."""
    paper = make_paper()
    entries = [
        Entry(kind="sheet", page=paper, number=n, text=text, **fields) for n, text in enumerate(texts, 1)
    ]
    replace({"page_id": paper.pk}, entries)
    return [entry.pk for entry in entries]


def make_titled(title: str) -> int:
    paper = make_paper()
    entry = Entry(kind="paper", page=paper, title=title)
    replace({"page_id": paper.pk}, [entry])
    return entry.pk


def keys(query: str) -> list[int]:
    return [match.entry_id for match in ranking.ranked(parse_query(query))]


def test_every_word_and_phrase_must_be_there():
    both, _one, _apart = make_entries("a shared bus for towns", "a shared bus", "the bus that towns shared")

    assert keys('town "shared bus"') == [both]


def test_what_says_a_word_oftener_comes_first():
    once, often = make_entries("one dispatcher among many other words", "dispatcher, dispatcher, dispatcher")

    assert keys("dispatcher") == [often, once]


def test_a_word_in_a_title_weighs_more_than_one_in_a_text():
    titled = make_titled("The dispatcher")
    make_entries("a dispatcher of a collaborative")

    assert keys("dispatcher")[0] == titled


def test_an_old_title_is_not_lost_behind_young_pages(monkeypatch):
    monkeypatch.setattr(ranking, "MAX_RANKED", 3)
    titled = make_titled("The dispatcher")
    make_entries(*["dispatcher"] * 10)

    assert titled in keys("dispatcher")


def test_new_comments_keep_out_no_old_page_of_a_paper(monkeypatch):
    monkeypatch.setattr(ranking, "MAX_RANKED", 3)
    (page,) = make_entries("the dispatcher answers")
    replace(
        {"kind": "comment"},
        [Entry(kind="comment", page=make_paper(), number=n, text="A dispatcher.") for n in range(10)],
    )

    found = ranking.ranked(parse_query("dispatcher"))

    assert page in [match.entry_id for match in found]
    assert [match.kind for match in found].count("comment") == 3


def test_what_was_written_long_before_the_newest_is_found_and_nothing_twice():
    newest = make_entries("the dispatcher answers", "the dispatcher asks")
    paper = make_paper()
    old = [Entry(pk=10**9 + n, kind="sheet", page=paper, number=n, text="dispatcher") for n in (10**6, 1)]
    replace({"page_id": paper.pk}, old)

    assert sorted(keys("dispatcher")) == [*newest, 10**9 + 1, 10**9 + 10**6]


@pytest.mark.parametrize("word", ["sheet", "comment", "0sheet", "0sheet0"])
def test_the_name_of_a_kind_finds_nothing_of_that_kind(word):
    (page,) = make_entries("a shared bus")

    assert page not in keys(word)


@pytest.mark.parametrize("word", ["or", "not", "near", "and"])
def test_a_word_that_means_something_to_an_index_is_a_word(word):
    both, _one = make_entries(f"a bus {word} a van", "a bus")

    assert both in keys(f"bus {word} van")


def test_the_index_is_asked_once_however_many_pages_answer():
    make_entries(*["the dispatcher answers"] * 30)
    keys("warm")

    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert len(keys("dispatcher")) == 30

    (statement,) = captured.captured_queries
    assert "CORRELATED" not in plan(statement["sql"])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one index for all")
@pytest.mark.parametrize("column", ["index", "title_index"])
def test_titles_and_texts_have_an_index_each(column):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert f"{column} @@ (SELECT %(" in ranking.ON_POSTGRESQL
    assert f"search_entry_{column}" in plan(
        f"SELECT id FROM search_entry WHERE {column} @@ 'dispatch'::tsquery"
    )


def test_a_list_of_a_kind_is_read_in_the_order_of_its_index():
    make_entries("a shared bus", "a van")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")

    with CaptureQueriesContext(connection) as captured:
        assert [match.kind for match in ranking.newest(["sheet"])] == ["sheet", "sheet"]

    steps = plan(captured.captured_queries[0]["sql"])
    assert "entries_of_a_kind" in steps
    assert "Presorted Key" in steps or "FOR RIGHT PART OF ORDER BY" in steps


def plan(sql: str) -> str:
    explained = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.cursor() as cursor:
        cursor.execute(explained + sql)
        return "\n".join(str(row) for row in cursor.fetchall())


def test_words_side_by_side_come_before_words_that_are_near_and_those_before_words_apart():
    far, near, together = make_entries(
        f"a bus {'and a word ' * 20} van",
        f"a bus and a van {'and a word ' * 20}",
        f"a bus van {'word ' * 60}",
    )

    assert keys("bus van") == [together, near, far]
    assert keys("van bus")[-1] == far
