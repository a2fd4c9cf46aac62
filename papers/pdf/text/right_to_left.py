"""Put right-to-left text into logical order, the order in which it is typed.

PDF files draw its characters in any order, and PDFium reverses some and not
others. Only their places on the page are certain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

RTL_CHARACTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Character:
    """``index`` is its place in PDFium's text; ``left`` and ``right`` are its edges, in points."""

    index: int
    text: str
    left: float
    right: float


def logical_order(row: Sequence[Character]) -> list[int]:
    """Return the indices of a line's characters in reading order."""
    order: list[Character] = []
    for is_rtl, run in groupby(split_words(row), key=is_rtl_word):
        words = list(run)
        order += reorder_words(words) if is_rtl else [character for word in words for character in word]
    return [character.index for character in order]


def split_words(row: Sequence[Character]) -> Iterator[list[Character]]:
    """Yield words, each with the space after it; further spaces come one by one."""
    word: list[Character] = []
    for character in row:
        word.append(character)
        if character.text.isspace():
            yield word
            word = []
    if word:
        yield word


def is_rtl_word(word: Sequence[Character]) -> bool:
    kinds = {unicodedata.bidirectional(character.text) for character in word}
    return bool(kinds & {"R", "AL"}) and "L" not in kinds


def reorder_words(run: list[list[Character]]) -> list[Character]:
    """Return the characters of neighboring words, the rightmost word first; spaces keep their places."""
    spaces = [[character for character in word if character.text.isspace()] for word in run]
    bare = [[character for character in word if not character.text.isspace()] for word in run]
    placed = sorted(bare, key=lambda word: -max((character.left for character in word), default=0.0))
    return [
        character
        for word, space in zip(placed, spaces, strict=True)
        for character in [*reorder_word(word), *space]
    ]


def reorder_word(word: list[Character]) -> list[Character]:
    """Return the characters of a word from right to left, numbers within from left to right."""
    order: list[Character] = []
    for is_rtl, run in groupby(word, key=lambda character: is_rtl_character(character.text)):
        characters = list(run)
        order += reorder_letters(characters) if is_rtl else characters
    return order


def is_rtl_character(text: str) -> bool:
    return unicodedata.bidirectional(text) in ("R", "AL", "NSM")


def reorder_letters(run: list[Character]) -> list[Character]:
    """Return characters from right to left, each with its combining marks after it.

    Several at one place belong to one glyph; PDFium has reversed those.
    """
    marks = [character for character in run if unicodedata.combining(character.text)]
    others = [character for character in run if character not in marks]
    bases = sorted(others, key=lambda base: (-base.left, -base.index))
    if not bases:
        return run
    marks_of: dict[int, list[Character]] = {}
    for mark in marks:
        marks_of.setdefault(min(bases, key=lambda base: distance(mark, base)).index, []).append(mark)
    return [character for base in bases for character in [base, *marks_of.get(base.index, [])]]


def distance(mark: Character, base: Character) -> tuple[float, int]:
    between = abs(mark.left + mark.right - base.left - base.right)
    return round(between, 1), abs(base.index - mark.index - 1)
