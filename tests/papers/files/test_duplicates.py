"""Titles that are nearly the same, whatever their punctuation and case. Needs no database."""

from __future__ import annotations

import pytest

from papers.files.duplicates import MAX_NAMED, is_similar, similar_titles


@pytest.mark.parametrize(
    "other", ["Sharing the Bus: A Report", "sharing THE bus – a report", "Sharing a bus, a report"]
)
def test_titles_that_differ_by_few_characters_are_similar(other):
    assert is_similar("Sharing the bus, a report", other)


@pytest.mark.parametrize("other", ["Sharing payroll, a report", "Sharing", "", "…"])
def test_other_titles_are_not_similar(other):
    assert not is_similar("Sharing the bus, a report", other)


def test_titles_without_emails_are_never_similar():
    assert not is_similar("", "")
    assert not is_similar("…", "!")


def test_only_the_first_few_similar_titles_are_named():
    titles = ["Other", *["Sharing the bus"] * (MAX_NAMED + 3)]

    assert similar_titles("Sharing the bus!", titles) == ["Sharing the bus"] * MAX_NAMED
