"""Names are taken apart with care."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from publishing import person_names
from publishing.models import Author


@pytest.mark.parametrize(
    ("name", "family", "expected"),
    [
        ("Adele Quillfeather", "", ("Adele", "Quillfeather", "")),
        ("Ursula K. Le Guin", "Le Guin", ("Ursula K.", "Le Guin", "")),
        ("Anna van der Berg", "", ("Anna", "van der Berg", "")),
        ("Martin Luther King Jr.", "", ("Martin Luther", "King", "Jr.")),
        ("Martin Luther King, Jr., Ph.D.", "", ("Martin Luther", "King", "Jr.")),
        ("John Smith III, Ed.D.", "", ("John", "Smith", "III")),
        ("Quillfeather, Adele", "", ("Adele", "Quillfeather", "")),
        ("Quillfeather, AJ", "", ("AJ", "Quillfeather", "")),
        ("Quillfeather, Adele, Ed.D.", "", ("Adele", "Quillfeather", "")),
        ("Vincent van Gogh, M.A.", "", ("Vincent", "van Gogh", "")),
        ("Ed Quillfeather", "", ("Ed", "Quillfeather", "")),
        ("Bo Ma", "", ("Bo", "Ma", "")),
        ("张伟", "", ("", "张伟", "")),
        ("Plato", "", ("", "Plato", "")),
        ("", "", ("", "", "")),
        (", Jr.", "", ("", ", Jr.", "")),
        ("Dr.", "", ("", "Dr.", "")),
    ],
)
def test_a_name_is_taken_apart(name, family, expected):
    assert person_names.parse(name, family=family) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Adele Quillfeather, Ed.D.", "Adele Quillfeather Ed.D.", "Adele Quillfeather, EdD",
        "Adele Quillfeather Ed. D.", "Adele Quillfeather, Ph. D.", "Adele Quillfeather, M.Ed., C.A.G.S.",
        "Adele Quillfeather LICSW", "Adele Quillfeather, MSW, LICSW", "Adele Quillfeather, BCBA-D",
        "Adele Quillfeather, Superintendent", "Adele Quillfeather, Doctoral Candidate",
        "Superintendent Adele Quillfeather", "Dr. Adele Quillfeather, Esq.", "Adele Quillfeather (retired)",
    ],
)  # fmt: skip
def test_degrees_and_titles_are_no_part_of_a_name(name):
    assert person_names.parse(name) == ("Adele", "Quillfeather", "")


@pytest.mark.parametrize(
    "name",
    [
        "Massachusetts Organization of Educational Collaboratives", "Rhode Island Department of Education",
        "State of Maine", "Quillfeather & Plover", "Hanover Research Group", "Harvard University",
        "Northern Collaborative", "Boston Public Schools",
    ],
)  # fmt: skip
def test_an_organization_is_known_by_the_words_in_its_name(name):
    assert person_names.is_organization(name)


@pytest.mark.parametrize(
    "name", ["Adele Quillfeather", "Juan de la Cruz", "Ada State", "Ada M. State", "Tom Board", "张伟", ""]
)
def test_a_person_is_no_organization(name):
    assert not person_names.is_organization(name)


@given(st.text(), st.text())
def test_any_name_can_be_taken_apart(name, family):
    assert len(person_names.parse(name, family=family)) == 3


def test_a_family_name_is_a_part_of_the_name():
    author = Author(name="Ada Plover", slug="ada", family_name="Finch")

    with pytest.raises(ValidationError, match="part of the name"):
        author.clean()
