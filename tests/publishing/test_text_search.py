"""Words folded, stemmed and found again: pure, without a database."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from publishing.text_search import MAX_WORDS, SNIPPET_LENGTH, fold, parse_query, snippet


def test_accents_ligatures_and_case_make_no_difference():
    assert fold("Cliché ﬁnance STRASSE") == fold("cliche finance straße")


def test_quoted_words_stay_together():
    assert parse_query('"optimal model" district') == (["district"], ["optimal model"])


def test_what_is_no_word_asks_for_nothing():
    assert parse_query('" ( AND* \x00 ) NEAR/2 --') == (["and", "near", "2"], [])
    assert parse_query('"""') == ([], [])


def test_a_very_long_question_is_cut():
    words, phrases = parse_query("district " * 5_000)

    assert len(words) == MAX_WORDS
    assert phrases == []


def test_a_snippet_marks_other_forms_of_the_word():
    assert "<mark>Collaboratives</mark>" in snippet("Collaboratives share a bus.", ["collaborative"])


def test_a_snippet_shows_where_the_words_come_together():
    text = "bus " + "word " * 200 + "a shared bus in three towns " + "word " * 200

    assert "shared</mark> <mark>bus" in snippet(text, ["shared", "bus"])


def test_a_snippet_escapes_what_was_written():
    assert "<script>" not in snippet("a <script>alert(1)</script> bus", ["bus", "script"])


@given(st.text(max_size=600), st.lists(st.text(max_size=12), max_size=5))
def test_a_snippet_is_a_short_piece_of_the_text_whatever_stands_in_it(text, words):
    shown = snippet(text, words)

    plain = html.unescape(re.sub("</?mark>", "", shown)).removeprefix("… ").removesuffix(" …")
    assert plain in text
    assert len(plain) <= SNIPPET_LENGTH


@given(st.text(max_size=3_000))
def test_every_question_has_an_answer(query):
    words, phrases = parse_query(query)

    assert all(word.isprintable() for word in words)
    assert len(words) <= MAX_WORDS
    assert all(phrases)
