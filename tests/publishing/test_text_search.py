"""A query parsed into terms, and the terms found in a text: pure, without a database."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.text_search import MAX_PHRASES, MAX_TERMS, find_spans, has_phrase, has_term, parse_query
from publishing.words import normalized


def words_of(query: str) -> list[tuple[str, ...]]:
    return [term.words for term in parse_query(query)]


def found(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in find_spans(text, parse_query(query))]


def test_quoted_words_stay_together():
    district, phrase = parse_query('"optimal model" district')

    assert (district.words, district.exact) == (("district",), False)
    assert (phrase.words, phrase.exact) == (("optimal", "model"), True)


@pytest.mark.parametrize(
    "query",
    [
        '"shared bus"', "“shared bus”", "„shared bus“", "”shared bus”", "«shared bus»", "»shared bus«",
        "‘shared bus’", "\u201ashared bus’", "\u2039shared bus\u203a", "\uff02shared bus\uff02",
        "〝shared bus〟", "「shared bus」",
        "“shared bus\"", "\u2033shared bus\u2033",
    ],
)  # fmt: skip
def test_quotation_marks_of_every_kind_make_a_phrase(query):
    (term,) = parse_query(query)

    assert (term.words, term.exact) == (("shared", "bus"), True)


@pytest.mark.parametrize("query", ["district’s", "the districts’ bus", "O’Brien", "don't", "“bus", "5″ bus"])
def test_an_apostrophe_or_a_single_mark_makes_no_phrase(query):
    assert not any(term.exact for term in parse_query(query))


def test_a_phrase_is_found_as_it_is_written_only():
    assert found("Two shared buses. A shared bus.", '"shared bus"') == ["shared bus"]
    assert found("The bus we shared.", "“shared bus”") == []
    assert found("A shared bus.", "sharing buses") == ["shared", "bus"]


def test_what_is_no_word_asks_for_nothing():
    assert words_of('" ( AND* \x00 ) NEAR/2 --') == [("near",), ("2",)]
    assert words_of('"""') == words_of("“”") == words_of("‘ ’") == []


def test_words_that_say_nothing_count_only_alone_and_in_phrases():
    assert words_of("what is a collaborative") == [("collaborative",)]
    assert words_of("to be or not to be") == [("to",), ("be",), ("or",), ("not",)]
    assert words_of('"what is a collaborative"') == [("what", "is", "a", "collaborative")]


@pytest.mark.parametrize(
    ("query", "written", "not_found"),
    [
        ("16.7", "16.7 percent", "16 or 7, then 7 of 16 and 167"),
        ("16.7%", "up 16.7 percent", "16, 7"),
        ("$500,000", "500,000 dollars", "500 of 000"),
        ("500000", "about $500,000 a year", "$500"),
        ("1,234,567.89", "$1,234,567.89", "1,234,567"),
        ("H.538", "H.538 would", "538 h"),
        ("h538", "House bill 538 would", "House bill 539"),
        ("H. 538", "H538", "H.5380"),
        ("house bill 538", "H.538", "a house, a bill and 538"),
        ("S.2658", "Senate bill 2658", "House bill 2658"),
        ("HB 538", "House Bill No. 538", "H.583"),
        ("K-12", "K–12 schools", "12 K"),
        ("k12", "K-12", "K–5, grade 12"),
        ("10.5555/caec.wp.1", "https://doi.org/10.5555/caec.wp.1", "10.5555/caec.wp.2"),
        ("doi:10.5555/caec.wp.1", "10.5555/caec.wp.1", "10.5555/caec.rn.1"),
        ("https://doi.org/10.5555/caec.wp.1", "doi: 10.5555/caec.wp.1", "10.5555"),
        ("9780306406157", "978-0-306-40615-7", "978-0-306-40616-7"),
        ("ISBN 978-0-306-40615-7", "9780306406157", "0306"),
        ("978 0 306 40615 7", "ISBN 978-0-306-40615-7", "978"),
        ("0-306-40615-2", "978-0-306-40615-7", "306"),
        ("0306406152", "978-0-306-40615-7", "40615"),
        ("0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "0000-0002"),
        ("2009-03-24", "on 2009-03-24", "2009"),
        ("603 CMR 50.00", "603 CMR 50.00", "603 CMR 50"),
        ("e-mail", "an email", "a mail, e"),
        ("email", "E-mail", "mail"),
        ("email", "e\u2011mail", "mail"),
        ("co-operative", "a cooperative", "operative"),
        ("co-ordinating", "coordination", "ordination"),
        ("U.S.", "the US", "s, u"),
        ("M.G.L.", "MGL", "G.L."),
        ("O'Brien", "O’Brien", "Brien"),
        ("obrien", "O’Brien", "Brien"),
        ("district's", "the district", "destruct"),
        ("regionalisation", "regionalization", "regional"),
        ("colour centre", "a center of color", "column"),
        ("合作", "地区合作模式", "作合"),
        ("地区合作", "地区合作", "地区与合作"),
        ("がく", "にほんごがくせい", "かく"),
        ("학교", "학교에서", "교학"),
        ("โรงเรียน", "ที่โรงเรียนนี้", "โรง"),
        ("regionalization", "regional\u00adization", "regional"),
        ("regionalization", "regional-\nization", "regional"),
        ("१२", "12", "1"),
    ],
)  # fmt: skip
def test_what_is_one_thing_is_found_however_it_is_written(query, written, not_found):
    assert found(written, query)
    assert not found(not_found, query)


def test_a_very_long_question_is_cut():
    words = parse_query(" ".join(f"w{number}" for number in range(5_000)))
    phrases = parse_query('"a bus" ' * 3 + " ".join(f'"bus {number}"' for number in range(100)))

    assert len(words) == MAX_TERMS
    assert len(phrases) == MAX_PHRASES


@pytest.mark.parametrize(
    "hostile",
    ["1,", "1-", '"', "‘", "a.b", "9 7 8 ", "合", "\u00ad", "h.", "h b ", "isbn ", "doi: ", "house bill "],
)
def test_a_hostile_query_costs_little(hostile):
    started = time.process_time()
    parse_query(hostile * 100_000)

    assert time.process_time() - started < 0.5


@given(st.text(max_size=3_000))
def test_every_question_has_an_answer(query):
    terms = parse_query(query)

    assert len(terms) <= MAX_TERMS
    assert all(term.words and all(form and all(form) for form in term.forms) for term in terms)
    assert all(word.isalnum() or not word.isascii() for term in terms for word in term.words)


@given(
    st.lists(
        st.sampled_from(
            [
                "shared",
                "Bus",
                "buses",
                "e",
                "é",
                "12",
                " ",
                " ",
                "-",
                "-\n",
                "’",
                "“",
                "—",
                ".",
                "_",
                "\u00ad",
                "…",
            ]
        )
    ).map("".join),
    st.sampled_from(['"shared bus"', '"bus"', '"the shared bus"', '"12 buses"', '"sharéd bus"']),
)
def test_an_exact_phrase_is_found_by_its_pattern_where_its_words_are(text, query):
    (term,) = parse_query(query)

    assert has_phrase(text, term) == has_term(normalized(text), term)
