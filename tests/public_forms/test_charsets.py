"""Which Content-Type names the one charset that requests may be in."""

from __future__ import annotations

import pytest

from public_forms.charsets import MAX_HEADER_LENGTH, is_utf8

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "rest", ["", "; charset=utf-8", "; charset=UTF-8", '; charset="utf8"', "; boundary=x"]
)
def test_utf_8_may_be_named_or_left_out(rest):
    assert is_utf8(FORM + rest)


@pytest.mark.parametrize("rest", ["; charset=utf-7", "; charset=latin-1", "; charset=", "; CHARSET=utf-16"])
def test_any_other_charset_is_another(rest):
    assert not is_utf8(FORM + rest)


def test_a_header_that_is_too_long_names_none():
    longest = FORM + "; x=" + "y" * (MAX_HEADER_LENGTH - len(FORM) - 4)

    assert is_utf8(longest)
    assert not is_utf8(longest + "y")
