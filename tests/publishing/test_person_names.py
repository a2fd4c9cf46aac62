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
        ("Plato", "", ("", "Plato", "")),
        ("", "", ("", "", "")),
    ],
)
def test_a_name_is_taken_apart(name, family, expected):
    assert person_names.parse(name, family=family) == expected


@given(st.text(), st.text())
def test_any_name_can_be_taken_apart(name, family):
    assert len(person_names.parse(name, family=family)) == 3


def test_a_family_name_is_a_part_of_the_name():
    author = Author(name="Ada Plover", slug="ada", family_name="Finch")

    with pytest.raises(ValidationError, match="part of the name"):
        author.clean()
