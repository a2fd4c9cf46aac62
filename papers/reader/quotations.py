"""Quoted words, found again where lines and spaces fall otherwise. Knows no database."""

from __future__ import annotations

import re

HAND = 60  # characters of a quotation that a database is asked for
BETWEEN = "[\\s\u00ad\u200b]*"


def place_of(quote: str, text: str) -> tuple[int, int] | None:
    """Return where in ``text`` the letters of ``quote`` stand, whatever white space is between them."""
    letters = [letter for letter in quote if not letter.isspace() and letter not in "\u00ad\u200b"]
    if not letters:
        return None
    found = re.search(BETWEEN.join(map(re.escape, letters)), text)
    return found.span() if found else None


def as_written(quote: str, text: str) -> str:
    """Return ``quote`` the way ``text`` has it, on one line; nothing where it doesn't have it."""
    place = place_of(quote, text)
    return " ".join(text[slice(*place)].split()) if place else ""


def beginning(quote: str) -> str:
    """Return enough of a quotation to ask a database for it: whole words from its beginning."""
    if len(quote) <= HAND:
        return quote
    return quote[: quote.rfind(" ", 0, HAND)] if " " in quote[:HAND] else quote[:HAND]
