"""Words that are read to the left are found as they are typed, whichever way their file painted them."""

from __future__ import annotations

import pytest

from papers.pdf.reader import read
from papers.pdf.text.right_to_left import Character, logical_order
from tests.papers.pdf.test_preflight import real

SCHOOL, TOWN, BUS = "مدرسة", "עיר", "אוטובוס"


def painted(words: str, *, stored: str = "all") -> list[Character]:
    """Return a line as it stands on the page, rightmost letter first; PDFium has turned some words round.

    ``stored`` is how it comes: "all" as typed, "turned" each word backwards.
    """
    at = {number: (600 - 6 * number, 605 - 6 * number) for number in range(len(words))}
    order: list[int] = []
    begun = 0
    for word in words.split(" "):
        numbers = list(range(begun, begun + len(word)))
        order += numbers if stored == "all" else numbers[::-1]
        order.append(begun + len(word))
        begun += len(word) + 1
    return [Character(n, words[n], *at[n]) for n in order if n < len(words)]


def read_as(row: list[Character]) -> str:
    signs = {email.index: email.text for email in row}
    return "".join(signs[index] for index in logical_order(row))


@pytest.mark.parametrize("stored", ["all", "turned"])
def test_words_are_put_as_they_are_typed(stored):
    words = f"{SCHOOL} {TOWN} {BUS}"

    assert read_as(painted(words, stored=stored)) == words


def test_words_painted_from_left_to_right_are_put_in_order():
    left, right = (
        painted(TOWN),
        [Character(10 + n, sign, 800 - 6 * n, 805 - 6 * n) for n, sign in enumerate(BUS)],
    )

    assert read_as([*left, Character(5, " ", 0, 0), *right]) == f"{BUS} {TOWN}"


def test_numbers_and_words_of_another_script_stay_as_they_are():
    row = [
        *painted(TOWN),
        *(Character(20 + n, sign, 100 + 6 * n, 105 + 6 * n) for n, sign in enumerate(" 2009 bus")),
    ]

    assert read_as(row) == f"{TOWN} 2009 bus"


def test_vowels_follow_the_email_they_stand_beneath():
    row = [
        Character(0, "כ", 50, 58),
        Character(1, "ִ", 52, 55),
        Character(2, "ת", 40, 48),
        Character(3, "ָ", 42, 45),
    ]

    assert read_as(row) == "כִתָ"


def test_what_stands_for_one_glyph_is_turned_round():
    """A font may write a whole word with one glyph: all its letters stand at one place."""
    row = [Character(number, sign, 10, 60) for number, sign in enumerate(reversed(SCHOOL))]

    assert read_as(row) == SCHOOL


def test_a_line_of_marks_alone_is_left_alone():
    assert logical_order([Character(0, "ִ", 1, 2), Character(1, "ָ", 3, 4)]) == [0, 1]


def test_a_real_file_in_arabic_is_read_as_typed():
    assert read(real("habibi.pdf")).pages[0].startswith("حَبيبي")
