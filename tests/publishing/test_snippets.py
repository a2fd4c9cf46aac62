"""What a search shows of a text: a sentence with the words in it, and nothing as markup."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from publishing import snippets
from publishing.snippets import SNIPPET_LENGTH, has_contents, without_leaders
from publishing.text_search import parse_query

CONTENTS = """Contents
1 The question ........................... 3
2 Shared transportation . . . . . . . . . . . . 14
3 Bus routes ………………… 21
4 Recommendations ____________ 30
"""


def snippet(text: str, query: str) -> str:
    return snippets.snippet(text, parse_query(query))


def test_a_snippet_marks_other_forms_of_the_word():
    assert "<mark>Collaboratives</mark>" in snippet("Collaboratives share a bus.", "collaborative")


def test_a_snippet_marks_a_compound_as_a_whole():
    assert "<mark>H.538</mark> asks" in snippet("House bill 537, or H.538 asks.", "h538")
    assert "<mark>$</mark>" not in snippet("$500,000", "500,000")
    assert "$<mark>500,000</mark>" in snippet("About $500,000.", "500000")


def test_a_snippet_shows_where_the_words_come_together():
    text = "bus " + "word " * 200 + "a shared bus in three towns " + "word " * 200

    assert "shared</mark> <mark>bus" in snippet(text, "shared bus")


def test_a_snippet_prefers_a_sentence_to_a_table():
    table = "Transportation 12 345 1,200 3.5\nTransportation 88 91 4,100 7.2\n" * 5
    text = f"{table}\nWhat a town pays for transportation depends on who else rides along that morning."

    assert "depends on who else rides along" in snippet(text, "transportation")


def test_a_row_of_dots_is_no_part_of_a_text():
    shown = without_leaders(CONTENTS)

    assert "Shared transportation … 14" in shown
    assert not re.search(r"\.\s?\.|……|__", shown)
    assert without_leaders("Wait ... and see. 2009 . 2010") == "Wait ... and see. 2009 . 2010"


def test_a_table_of_contents_is_told_from_a_text():
    assert has_contents(CONTENTS)
    assert not has_contents("Name: ____________\n" + "A form has many lines of text beside.\n" * 20)


def test_a_snippet_escapes_what_was_written():
    assert "<script>" not in snippet("a <script>alert(1)</script> bus", "bus script")


@given(st.text(max_size=600), st.text(max_size=60))
def test_a_snippet_is_a_short_piece_of_the_text_whatever_stands_in_it(text, query):
    shown = snippet(text, query)

    plain = html.unescape(re.sub("</?mark>", "", shown)).removeprefix("… ").removesuffix(" …")
    assert plain in text
    assert len(plain) <= SNIPPET_LENGTH
