"""What no page, feed or database can carry is taken out of a text, and nothing else."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext_lazy

from public_forms.printable_text import printable, printable_data


@pytest.mark.parametrize(
    "text", ["", "naïve", "सार्वजनिक", "👩‍👩‍👧", "soft\u00adhyphen", "a\n\tb", "\u202eright to left"]
)
def test_whatever_can_be_shown_stays(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe", "\ufdd0", "\U0010ffff"]
)
def test_what_can_never_be_shown_goes(character):
    assert printable(f"a{character}b") == "ab"


def test_line_ends_become_plain():
    assert printable("one\r\ntwo\rthree\nfour") == "one\ntwo\nthree\nfour"


def test_every_text_within_data_is_made_printable():
    data = {"a\x00": ["b\x07", ("c\r\n", 1)], "d": {"e": None, "f": gettext_lazy("Search")}}

    assert printable_data(data) == {"a": ["b", ["c\n", 1]], "d": {"e": None, "f": "Search"}}
