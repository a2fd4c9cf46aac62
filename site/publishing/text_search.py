"""Words, as they are compared: folded, stemmed, found again in a text. Knows no database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from snowballstemmer import stemmer

MOST_WORDS = 24  # of one question; the rest of a longer one is left out
SNIPPET = 240  # characters around the first find

# A letter and the marks above or beneath it: accents, Hebrew points, Arabic vowels.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_word = re.compile(rf"\w[\w{_MARKS}]*")
_quoted = re.compile(r'"([^"]*)"')
_english = stemmer("english")


def fold(text: str) -> str:
    """Return ``text`` without accents, ligatures and case, so that cliché finds cliche."""
    if text.isascii():
        return text.replace("\x00", " ").casefold()
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", " "))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def question(asked: str) -> tuple[list[str], list[str]]:
    """Return the words and the quoted phrases that somebody asks for, folded.

    Whatever else stands in it (operators, brackets, an unbalanced quote) asks
    for nothing.
    """
    folded = fold(asked[:2_000])
    phrases = [" ".join(_word.findall(phrase)) for phrase in _quoted.findall(folded)]
    words = _word.findall(_quoted.sub(" ", folded))
    return words[:MOST_WORDS], [phrase for phrase in phrases if phrase][:4]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    return _english.stemWord(fold(word))


Span = tuple[int, int]


def finds(text: str, words: list[str], phrases: list[str]) -> list[Span]:
    """Return where ``text`` has the words and, side by side, the phrases; nothing unless it has all."""
    tokens = [(stem(found.group()), found.span()) for found in _word.finditer(text)]
    places: list[Span] = []
    for wanted in [[stem(word)] for word in words] + [
        [stem(w) for w in phrase.split()] for phrase in phrases
    ]:
        here = list(runs(tokens, wanted))
        if not here:
            return []
        places += here
    return sorted(set(places))


def runs(tokens: list[tuple[str, Span]], wanted: list[str]) -> Iterator[Span]:
    """Yield where all of ``wanted`` follow one another."""
    for index, (first, (start, _)) in enumerate(tokens):
        following = tokens[index : index + len(wanted)]
        if first == wanted[0] and [found for found, _ in following] == wanted:
            yield start, following[-1][1][1]


def snippet(text: str, asked: list[str]) -> str:
    """Return HTML: the piece of ``text`` where the words come closest together, each marked.

    Everything from ``text`` is escaped.
    """
    stems = {stem(word) for word in asked}
    finds = [found.span() for found in _word.finditer(text) if stem(found.group()) in stems]
    start = densest(finds)
    start = text.rfind(" ", 0, max(start - 40, 0)) + 1 if start > 40 else 0
    end = min(len(text), start + SNIPPET)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    return ("… " if start else "") + marked(text, finds, start, end) + (" …" if end < len(text) else "")


def densest(finds: list[tuple[int, int]]) -> int:
    """Return where a window of one snippet's length holds the most finds."""
    best, most, last = 0, 0, 0
    for first in range(len(finds)):
        last = max(last, first)
        while last < len(finds) and finds[last][1] - finds[first][0] <= SNIPPET - 60:
            last += 1
        if last - first > most:
            best, most = finds[first][0], last - first
    return best


def marked(text: str, finds: list[tuple[int, int]], start: int, end: int) -> str:
    parts, at = [], start
    for first, last in finds:
        if first < at or last > end:
            continue
        parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    return "".join([*parts, escape(text[at:end])])
