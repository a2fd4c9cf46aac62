"""Find quotations in a text that breaks lines and spaces differently. Uses no database."""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import NamedTuple

from mail.invisible import is_invisible

MAX_QUERY_LENGTH = 60  # characters of a quotation that the database searches for


class SqueezedText(NamedTuple):
    """A text without white space and invisible characters; ``places[i]`` is where character i was in it."""

    text: str
    places: array[int]


def place_of(quote: str, text: str) -> tuple[int, int] | None:
    """Return start and end of ``quote`` in ``text``, whatever white space is in it; None if not found.

    Takes time in proportion to the lengths, not to their product.
    """
    wanted = squeeze(quote).text
    squeezed = squeeze(text)
    start = squeezed.text.find(wanted) if wanted else -1
    if start < 0:
        return None
    return squeezed.places[start], squeezed.places[start + len(wanted) - 1] + 1


@lru_cache(maxsize=256)  # the blocks of one page, each of which is searched for many quotations
def squeeze(text: str) -> SqueezedText:
    kept = [place for place, letter in enumerate(text) if not letter.isspace() and not is_invisible(letter)]
    return SqueezedText("".join(text[place] for place in kept), array("L", kept))


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
