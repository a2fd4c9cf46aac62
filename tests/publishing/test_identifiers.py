"""Numbers that name people and works are checked to the last digit."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from publishing import identifiers
from tests.support.factories import make_paper


@pytest.mark.parametrize(
    "written",
    [
        "0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097",
        "0000000218250097",
        " 0000-0002-1694-233x ",
    ],
)
def test_an_orcid_is_taken_in_every_way_people_write_it(written):
    assert identifiers.orcid(written) in ("0000-0002-1825-0097", "0000-0002-1694-233X")


@pytest.mark.parametrize("written", ["", "0000-0002-1825-0098", "0000-0002-1825", "https://example.org/0000"])
def test_a_wrong_orcid_is_refused(written):
    with pytest.raises(ValidationError):
        identifiers.validate_orcid(written)


@pytest.mark.parametrize(
    ("written", "normalized"),
    [
        ("10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("doi: 10.1000/a_b(c)", "10.1000/a_b(c)"),
    ],
)
def test_a_doi_is_taken_out_of_its_link(written, normalized):
    assert identifiers.doi(written) == normalized


@pytest.mark.parametrize("written", ["10.1000", "11.1000/182", "10.1000/a b", '10.1000/"><script>'])
def test_a_wrong_doi_is_refused(written):
    with pytest.raises(ValidationError):
        identifiers.validate_doi(written)


@pytest.mark.parametrize("written", ["978-0-306-40615-7", "0-306-40615-2", "9780306406157"])
def test_an_isbn_of_either_length_is_kept_as_thirteen_digits(written):
    assert identifiers.isbn(written) == "9780306406157"


@pytest.mark.parametrize("written", ["978-0-306-40615-8", "0-306-40615-3", "12", "٩٧٨٠٣٠٦٤٠٦١٥٧"])
def test_a_wrong_isbn_is_refused(written):
    with pytest.raises(ValidationError):
        identifiers.validate_isbn(written)


@given(st.text())
def test_no_words_break_the_checks(written):
    for check in (identifiers.validate_orcid, identifiers.validate_doi, identifiers.validate_isbn):
        with suppress(ValidationError):
            check(written)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "written", "sentence"),
    [
        ("doi", "10.1000", "This is not a valid DOI."),
        ("isbn", "978-0-306-40615-8", "This is not a valid ISBN."),
    ],
)
def test_an_editor_is_told_what_is_wrong_with_a_number_of_a_paper(field, written, sentence):
    paper = make_paper()
    setattr(paper, field, written)

    with pytest.raises(ValidationError) as error:
        paper.full_clean()

    assert error.value.message_dict[field][0].startswith(sentence)


@pytest.mark.django_db
def test_numbers_of_a_paper_are_kept_in_one_form():
    paper = make_paper(doi="https://doi.org/10.1000/182", isbn="0-306-40615-2")

    assert (paper.doi, paper.isbn) == ("10.1000/182", "9780306406157")
