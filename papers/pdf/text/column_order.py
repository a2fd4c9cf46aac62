"""Put the lines of a page in reading order where the file draws two columns line by line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from papers.pdf.text.paragraphs import SAME_LINE, Line

MIN_ROWS = 5  # with two pieces each; fewer are no columns
OPENING_PUNCTUATION = "\"'(\u00bf\u2018\u201c\u00ab"
MIN_PROSE_LENGTH = 8  # characters in a line of prose
MIN_CONTINUED_RATIO = 0.6  # of the pieces of prose start within a sentence; table cells start one
MAX_DEPTH = 3  # columns within columns

Pair = tuple[Line, Line]


def order_lines(rows: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the pieces column by column, or each row as one line where there are no columns."""
    pieces = [piece for row in rows for piece in row]
    ordered = split_columns(pieces)
    if ordered is pieces:
        return [join_row(row) for row in rows]
    return ordered


def join_row(row: Sequence[Line]) -> Line:
    first, last = row[0], row[-1]
    text = "".join(piece.text for piece in row)
    return Line(text, first.left, first.top, last.bottom, first.size, (first.span[0], last.span[1]))


def split_columns(pieces: list[Line], depth: int = 0) -> list[Line]:
    """Return the pieces of the first column, then those of the second; the same list for one column.

    What spans both columns divides the page: all above it is read before it.
    """
    gutter = find_gutter(pieces)
    if gutter is None or depth == MAX_DEPTH:
        return pieces
    ordered: list[Line] = []
    for band in split_bands(pieces, gutter):
        one = [piece for piece in band if piece.span[1] <= gutter]
        other = [piece for piece in band if piece.span[0] >= gutter]
        if is_right_to_left(pieces):
            one, other = other, one
        across = [piece for piece in band if piece.span[0] < gutter < piece.span[1]]
        ordered += [*split_columns(one, depth + 1), *split_columns(other, depth + 1), *across]
    return ordered


def split_bands(pieces: Sequence[Line], gutter: float) -> Iterator[list[Line]]:
    """Yield the pieces between those that span both columns, and the spanning ones."""
    band: list[Line] = []
    for piece in pieces:
        if piece.span[0] < gutter < piece.span[1]:
            heading = [band.pop()] if is_heading_of_next(band, gutter) else []
            yield band
            yield from ([one] for one in heading)
            yield [piece]
            band = []
        else:
            band.append(piece)
    yield band


def is_heading_of_next(band: Sequence[Line], gutter: float) -> bool:
    """Say whether the last piece has nothing beside it, so that it is the heading of what follows."""
    if len(band) < 3:
        return False
    before_that, before, last = band[-3:]
    return (
        not same_row(before, last)
        and is_right_of(last, gutter) != is_right_of(before, gutter)
        and same_row(before_that, before)
    )


def find_gutter(pieces: Sequence[Line]) -> float | None:
    """Return the x position between two columns of prose, or None."""
    pairs = list(neighbor_pairs(pieces))
    if len(pairs) < MIN_ROWS:
        return None
    middles = [(one.span[1] + other.span[0]) / 2 for one, other in pairs]
    gutter = min(middles, key=lambda middle: sum(piece.span[0] < middle < piece.span[1] for piece in pieces))
    divided = [(one, other) for one, other in pairs if one.span[1] <= gutter <= other.span[0]]
    if len(divided) < MIN_ROWS:
        return None
    is_prose = all(is_running_prose([pair[at].text.strip() for pair in divided]) for at in (0, 1))
    return gutter if is_prose else None


def is_running_prose(texts: Sequence[str]) -> bool:
    """Say whether most of the texts continue the sentence of the one before."""
    starts = [text.lstrip(OPENING_PUNCTUATION) for text in texts if len(text) >= MIN_PROSE_LENGTH]
    continued = [text for text in starts if text[:1].isalpha() and not text[0].isupper()]
    return len(continued) >= MIN_CONTINUED_RATIO * len(texts)


def neighbor_pairs(pieces: Sequence[Line]) -> Iterator[Pair]:
    """Yield pairs of neighbors on one line, the left one first."""
    for one, other in pairwise(pieces):
        if same_row(one, other):
            yield (one, other) if one.span[0] < other.span[0] else (other, one)


def same_row(one: Line, other: Line) -> bool:
    return abs(one.bottom - other.top) < SAME_LINE * max(one.size, other.size)


def is_right_of(piece: Line, gutter: float) -> bool:
    return piece.span[0] >= gutter


def is_right_to_left(pieces: Sequence[Line]) -> bool:
    letters = [unicodedata.bidirectional(letter) for piece in pieces for letter in piece.text[:40]]
    return letters.count("R") + letters.count("AL") > letters.count("L")
