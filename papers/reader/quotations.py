"""Find quotations in a text that breaks lines and spaces differently. Uses no database."""

from __future__ import annotations

import re

MAX_QUERY_LENGTH = 60  # characters of a quotation that the database searches for
BETWEEN = "[\\s\u00ad\u200b]*"


def place_of(quote: str, text: str) -> tuple[int, int] | None:
    """Return start and end of ``quote`` in ``text``, whatever white space is in it; None if not found."""
    letters = [letter for letter in quote if not letter.isspace() and letter not in "\u00ad\u200b"]
    if not letters:
        return None
    match = re.search(BETWEEN.join(map(re.escape, letters)), text)
    return match.span() if match else None


def as_written(quote: str, text: str) -> str:
    """Return ``quote`` as it is in ``text``, on one line; empty where it is not in it."""
    place = place_of(quote, text)
    return " ".join(text[slice(*place)].split()) if place else ""


def beginning(quote: str) -> str:
    """Return the beginning of a quotation in whole words, for a database search."""
    if len(quote) <= MAX_QUERY_LENGTH:
        return quote
    return (
        quote[: quote.rfind(" ", 0, MAX_QUERY_LENGTH)]
        if " " in quote[:MAX_QUERY_LENGTH]
        else quote[:MAX_QUERY_LENGTH]
    )
