"""What answers best comes first, and words that are everywhere cost little more than rare ones."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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


def test_every_word_and_phrase_must_be_there():
    both, _one, _apart = make_entries("a shared bus for towns", "a shared bus", "the bus that towns shared")

    assert ranking.ranked_keys(["town"], ["shared bus"]) == [both]


def test_pages_indexed_for_the_admin_are_no_entries():
    make_paper(title="Dispatcher")  # which goes into the same index, as a page

    assert ranking.ranked_keys(["dispatcher"], []) == []


def test_what_says_a_word_oftener_comes_first():
    once, often = make_entries("one dispatcher among many other words", "dispatcher, dispatcher, dispatcher")

    assert ranking.ranked_keys(["dispatcher"], []) == [often, once]


def test_a_word_in_a_title_weighs_more_than_one_in_a_text():
    titled = make_titled("The dispatcher")
    make_entries("a dispatcher of a collaborative")

    assert ranking.ranked_keys(["dispatcher"], [])[0] == titled


def test_an_old_title_is_not_lost_behind_young_pages(monkeypatch):
    monkeypatch.setattr(ranking, "MAX_RANKED", 3)
    titled = make_titled("The dispatcher")
    make_entries(*["dispatcher"] * 10)

    assert titled in ranking.ranked_keys(["dispatcher"], [])


@pytest.mark.parametrize("word", ["or", "not", "near", "and"])
def test_a_word_that_means_something_to_an_index_is_a_word(word):
    both, _one = make_entries(f"a bus {word} a van", "a bus")

    assert both in ranking.ranked_keys(["bus", word, "van"], [])


def test_the_index_is_asked_once_however_many_pages_answer():
    make_entries(*["the dispatcher answers"] * 30)
    ranking.ranked_keys(["warm"], [])  # the first question asks for the kind of the entries

    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert len(ranking.ranked_keys(["dispatcher"], [])) == 30

    (statement,) = captured.captured_queries
    assert "CORRELATED" not in plan(statement["sql"])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one index for all")
def test_an_index_holds_titles_and_texts_together():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    (_before, _and, both) = ranking.ON_POSTGRESQL.partition("(title || body) @@ ")
    words = "websearch_to_tsquery('english', 'dispatcher')"

    assert both.startswith("websearch_to_tsquery('english', ")
    captured = f"SELECT id FROM wagtailsearch_indexentry WHERE (title || body) @@ {words}"
    assert "entries_by_words" in plan(captured)


def plan(sql: str) -> str:
    explained = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    with connection.cursor() as cursor:
        cursor.execute(explained + sql)
        return "\n".join(str(row) for row in cursor.fetchall())
