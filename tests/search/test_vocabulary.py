"""The words of the site: which are known, and what a misspelled one may have meant."""

from __future__ import annotations

import pytest

from search import vocabulary
from search.indexing import replace
from search.models import Entry, Word
from tests.support.factories import make_paper

pytestmark = pytest.mark.django_db


def known_words() -> set[str]:
    return set(Word.objects.values_list("text", flat=True))


def test_words_are_added_once_and_only_those_that_may_be_misspelled():
    Word.objects.all().delete()

    vocabulary.add(["buses", "an", "2026", "x" * 41])
    vocabulary.add(["buses", "towns"])

    assert known_words() == {"buses", "towns"}


def test_a_word_that_still_occurs_is_not_forgotten():
    paper = make_paper()
    replace({"page_id": paper.pk}, [Entry(kind="sheet", page=paper, number=1, text="quabbin")])
    vocabulary.add(["quabbin", "wachusett"])

    vocabulary.forget(["quabbin", "wachusett"])

    assert "quabbin" in known_words()
    assert "wachusett" not in known_words()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quabin", ["quabbin"]),  # a letter is missing
        ("quabbni", ["quabbin"]),  # two are swapped
        ("wuabbin", ["quabbin"]),  # the first is wrong, the last are right
        ("wuabbik", []),
        ("qbbn", []),  # too many are missing
        ("qua", []),  # nearly every short word is another one misspelled
    ],
)
def test_a_word_is_taken_for_one_that_differs_little(typed, meant):
    vocabulary.clear()
    vocabulary.add(["quabbin", "wachusett"])

    assert vocabulary.similar_words(typed, limit=3) == meant


def test_a_beginning_stands_for_the_words_that_begin_so_the_shortest_first():
    vocabulary.clear()
    vocabulary.add(["quabbins", "quabbin", "quarry"])

    assert vocabulary.stems_beginning("quab") == ["quabbin"]
    assert vocabulary.stems_beginning("qua")[0] == "quarri"
    assert vocabulary.stems_beginning("qu") == []
