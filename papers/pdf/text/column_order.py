"""Put the lines of a page in the order of reading where its file paints two columns line by line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from papers.pdf.text.paragraphs import SAME_LINE, Line

FEWEST_ROWS = 5  # with two pieces each; fewer may be anything
OPENING = "\"'(\u00bf\u2018\u201c\u00ab"
SHORTEST = 8  # letters of a line of prose
RUNNING_ON = 0.6  # of the pieces of prose begin within a sentence; cells of a table begin one
MOST_DEPTH = 3  # columns within columns

Pair = tuple[Line, Line]


def in_order(rows: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the pieces of all rows column by column, or each row whole where there are no columns."""
    pieces = [piece for row in rows for piece in row]
    ordered = columns(pieces)
    if ordered is pieces:
        return [whole(row) for row in rows]
    return ordered


def whole(row: Sequence[Line]) -> Line:
    first, last = row[0], row[-1]
    text = "".join(piece.text for piece in row)
    return Line(text, first.left, first.top, last.bottom, first.size, (first.span[0], last.span[1]))


def columns(pieces: list[Line], depth: int = 0) -> list[Line]:
    """Return the pieces of the first column, then those of the second; the same list where there is one only.

    What stands across both parts the page: all above it is read before it.
    """
    gutter = gutter_of(pieces)
    if gutter is None or depth == MOST_DEPTH:
        return pieces
    ordered: list[Line] = []
    for band in bands(pieces, gutter):
        one = [piece for piece in band if piece.span[1] <= gutter]
        other = [piece for piece in band if piece.span[0] >= gutter]
        if reads_leftwards(pieces):
            one, other = other, one
        across = [piece for piece in band if piece.span[0] < gutter < piece.span[1]]
        ordered += [*columns(one, depth + 1), *columns(other, depth + 1), *across]
    return ordered


def bands(pieces: Sequence[Line], gutter: float) -> Iterator[list[Line]]:
    """Yield the pieces between those that stand across, each with the one that ends it."""
    band: list[Line] = []
    for piece in pieces:
        if piece.span[0] < gutter < piece.span[1]:
            heading = [band.pop()] if stands_alone(band, gutter) else []
            yield band
            yield from ([one] for one in heading)
            yield [piece]
            band = []
        else:
            band.append(piece)
    yield band


def stands_alone(band: Sequence[Line], gutter: float) -> bool:
    """Say whether the last piece is a heading of what stands across beneath it: nothing is beside it."""
    if len(band) < 3:
        return False
    before_that, before, last = band[-3:]
    return (
        not same_row(before, last)
        and side(last, gutter) != side(before, gutter)
        and same_row(before_that, before)
    )


def gutter_of(pieces: Sequence[Line]) -> float | None:
    """Return where the page is divided from top to bottom; None where its rows are no columns of prose."""
    pairs = list(rows_of_two(pieces))
    if len(pairs) < FEWEST_ROWS:
        return None
    middles = [(one.span[1] + other.span[0]) / 2 for one, other in pairs]
    gutter = min(middles, key=lambda middle: sum(piece.span[0] < middle < piece.span[1] for piece in pieces))
    divided = [(one, other) for one, other in pairs if one.span[1] <= gutter <= other.span[0]]
    if len(divided) < FEWEST_ROWS:
        return None
    is_prose = all(runs_on([pair[at].text.strip() for pair in divided]) for at in (0, 1))
    return gutter if is_prose else None


def runs_on(texts: Sequence[str]) -> bool:
    """Say whether most of the texts go on with what the one before has begun."""
    begun = [text.lstrip(OPENING) for text in texts if len(text) >= SHORTEST]
    within = [text for text in begun if text[:1].isalpha() and not text[0].isupper()]
    return len(within) >= RUNNING_ON * len(texts)


def rows_of_two(pieces: Sequence[Line]) -> Iterator[Pair]:
    """Yield neighbors on one line, the left one first."""
    for one, other in pairwise(pieces):
        if same_row(one, other):
            yield (one, other) if one.span[0] < other.span[0] else (other, one)


def same_row(one: Line, other: Line) -> bool:
    return abs(one.bottom - other.top) < SAME_LINE * max(one.size, other.size)


def side(piece: Line, gutter: float) -> bool:
    return piece.span[0] >= gutter


def reads_leftwards(pieces: Sequence[Line]) -> bool:
    letters = [unicodedata.bidirectional(letter) for piece in pieces for letter in piece.text[:40]]
    return letters.count("R") + letters.count("AL") > letters.count("L")
