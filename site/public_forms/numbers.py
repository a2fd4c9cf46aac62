"""Whole numbers as they stand in addresses and hidden fields: digits, or nothing at all.

``int()`` alone takes signs, spaces, underscores and other scripts' digits, and
gives up at some thousand digits; databases fail beyond their columns' range.
"""

from __future__ import annotations

from typing import TypeGuard

MAX_ID = 2**31 - 1  # the highest key a row can have


def parse_number(text: str | None, *, maximum: int = MAX_ID) -> int:
    """Return the number that ``text`` is; 0 for anything else, and for what is above ``maximum``."""
    if not is_number(text) or len(text) > len(str(maximum)):
        return 0
    number = int(text)
    return number if number <= maximum else 0


def nearest_number(text: str | None, *, maximum: int) -> int:
    """Return the number from 1 to ``maximum`` that is nearest to what ``text`` says; 1 for no number."""
    if not is_number(text):
        return 1
    significant = text.lstrip("0")
    if len(significant) > len(str(maximum)):
        return maximum
    return min(max(1, int(significant or 0)), maximum)


def is_number(text: str | None) -> TypeGuard[str]:
    """Say whether ``text`` is made of ASCII digits alone."""
    return text is not None and text.isascii() and text.isdecimal()
