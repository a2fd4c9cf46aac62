"""Put the letters of words that are read to the left in the order in which one types them.

Files paint them in whatever order they like, and PDFium turns some of them
round and leaves others. Where they stand on the page is what is certain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

MAY_BE = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Letter:
    """``index`` is where PDFium has it, ``left`` and ``right`` where it stands, in points."""

    index: int
    sign: str
    left: float
    right: float


def as_typed(row: Sequence[Letter]) -> list[int]:
    """Return the indices of a line's letters in the order of reading."""
    order: list[Letter] = []
    for leftwards, run in groupby(words(row), key=reads_leftwards):
        found = list(run)
        order += turned(found) if leftwards else [letter for word in found for letter in word]
    return [letter.index for letter in order]


def words(row: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Yield words, and the spaces between them one by one; a space after a word goes with it."""
    word: list[Letter] = []
    for letter in row:
        word.append(letter)
        if letter.sign.isspace():
            yield word
            word = []
    if word:
        yield word


def reads_leftwards(word: Sequence[Letter]) -> bool:
    kinds = {unicodedata.bidirectional(letter.sign) for letter in word}
    return bool(kinds & {"R", "AL"}) and "L" not in kinds


def turned(run: list[list[Letter]]) -> list[Letter]:
    """Return the letters of neighboring words, the rightmost word first; spaces stay where they are."""
    spaces = [[letter for letter in word if letter.sign.isspace()] for word in run]
    bare = [[letter for letter in word if not letter.sign.isspace()] for word in run]
    placed = sorted(bare, key=lambda word: -max((letter.left for letter in word), default=0.0))
    return [letter for word, space in zip(placed, spaces, strict=True) for letter in [*in_word(word), *space]]


def in_word(word: list[Letter]) -> list[Letter]:
    """Return the letters of a word from right to left, numbers within from left to right."""
    order: list[Letter] = []
    for is_turned, run in groupby(word, key=lambda letter: is_of_script(letter.sign)):
        found = list(run)
        order += letters_of_script(found) if is_turned else found
    return order


def is_of_script(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in ("R", "AL", "NSM")


def letters_of_script(run: list[Letter]) -> list[Letter]:
    """Return letters from right to left, each with its marks after it.

    Several that stand at one place are one glyph's, and PDFium has turned those round.
    """
    marks = [letter for letter in run if unicodedata.combining(letter.sign)]
    bases = sorted((letter for letter in run if letter not in marks), key=lambda one: (-one.left, -one.index))
    if not bases:
        return run
    worn: dict[int, list[Letter]] = {}
    for mark in marks:
        worn.setdefault(min(bases, key=lambda base: farness(mark, base)).index, []).append(mark)
    return [letter for base in bases for letter in [base, *worn.get(base.index, [])]]


def farness(mark: Letter, base: Letter) -> tuple[float, int]:
    between = abs(mark.left + mark.right - base.left - base.right)
    return round(between, 1), abs(base.index - mark.index - 1)
