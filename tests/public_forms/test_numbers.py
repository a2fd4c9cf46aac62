"""Numbers in addresses are digits or nothing."""

from __future__ import annotations

import pytest

from public_forms.numbers import MAX_ID, nearest_number, parse_number

NO_NUMBERS = [
    None,
    "",
    " ",
    "-1",
    "+1",
    "1.0",
    "1e3",
    "1_0",
    " 1",
    "1 ",
    "0x1",
    "one",
    "²",
    "٣",
    "1\x00",
]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_not_a_number_is_nothing_or_the_first(text):
    assert parse_number(text) == 0
    assert nearest_number(text, maximum=9) == 1


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("1", 1), ("007", 7), (str(MAX_ID), MAX_ID)])
def test_digits_are_a_number(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize("text", [str(MAX_ID + 1), "9" * 5000, "0" * 5000])
def test_what_no_row_can_have_is_nothing(text):
    assert parse_number(text) == 0


def test_the_highest_number_may_be_given():
    assert [parse_number(text, maximum=12) for text in ("11", "12", "13", "012")] == [11, 12, 0, 0]


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 1), ("1", 1), ("11", 11), ("12", 12), ("13", 12), ("9" * 5000, 12), ("0" * 5000 + "7", 7)],
)
def test_the_nearest_page_there_is_is_meant(text, number):
    assert nearest_number(text, maximum=12) == number
