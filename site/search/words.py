"""Words, as they are compared: folded, stemmed, found again in a text. Knows no database."""

from __future__ import annotations

import re
import unicodedata
from html import escape

from snowballstemmer import stemmer

MOST_WORDS = 24  # of one question; the rest of a longer one is left out
SNIPPET = 240  # characters around the first find

_word = re.compile(r"\w+", re.UNICODE)
_quoted = re.compile(r'"([^"]*)"')
_english = stemmer("english")


def fold(text: str) -> str:
    """Return ``text`` without accents, ligatures and case, so that cliché finds cliche."""
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


def stem(word: str) -> str:
    return _english.stemWord(fold(word))


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
