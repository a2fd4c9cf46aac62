"""Comparing words: folded, stemmed, located in a text, highlighted in a snippet. Uses no database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from snowballstemmer import stemmer

MAX_WORDS = 24  # of one query; the rest of a longer one is ignored
SNIPPET_LENGTH = 240  # characters

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
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def parse_query(query: str) -> tuple[list[str], list[str]]:
    """Return the words and the quoted phrases of a search query, folded.

    Everything else (operators, brackets, an unbalanced quote) is ignored.
    """
    folded = fold(query[:2_000])
    phrases = [" ".join(_word.findall(phrase)) for phrase in _quoted.findall(folded)]
    words = _word.findall(_quoted.sub(" ", folded))
    return words[:MAX_WORDS], [phrase for phrase in phrases if phrase][:4]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    return _english.stemWord(fold(word))


Span = tuple[int, int]


def find_spans(text: str, words: list[str], phrases: list[str]) -> list[Span]:
    """Return where ``text`` has the words and, side by side, the phrases; nothing unless it has all."""
    tokens = [(stem(match.group()), match.span()) for match in _word.finditer(text)]
    spans: list[Span] = []
    for wanted in [[stem(word)] for word in words] + [
        [stem(w) for w in phrase.split()] for phrase in phrases
    ]:
        matches = list(match_sequence(tokens, wanted))
        if not matches:
            return []
        spans += matches
    return sorted(set(spans))


def match_sequence(tokens: list[tuple[str, Span]], wanted: list[str]) -> Iterator[Span]:
    """Yield the span of each place where all of ``wanted`` follow one another."""
    for index, (first, (start, _)) in enumerate(tokens):
        following = tokens[index : index + len(wanted)]
        if first == wanted[0] and [token for token, _ in following] == wanted:
            yield start, following[-1][1][1]


def snippet(text: str, words: list[str]) -> str:
    """Return HTML: the piece of ``text`` where the words come closest together, each marked.

    Everything from ``text`` is escaped.
    """
    stems = {stem(word) for word in words}
    spans = [match.span() for match in _word.finditer(text) if stem(match.group()) in stems]
    start = densest_window(spans)
    start = text.rfind(" ", 0, max(start - 40, 0)) + 1 if start > 40 else 0
    end = min(len(text), start + SNIPPET_LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    return ("… " if start else "") + highlight(text, spans, start, end) + (" …" if end < len(text) else "")


def densest_window(spans: list[Span]) -> int:
    """Return where a window of one snippet's length holds the most spans."""
    best, most, last = 0, 0, 0
    for first in range(len(spans)):
        last = max(last, first)
        while last < len(spans) and spans[last][1] - spans[first][0] <= SNIPPET_LENGTH - 60:
            last += 1
        if last - first > most:
            best, most = spans[first][0], last - first
    return best


def highlight(text: str, spans: list[Span], start: int, end: int) -> str:
    """Return ``text[start:end]`` as escaped HTML, each span in a mark element."""
    parts, at = [], start
    for first, last in spans:
        if first < at or last > end:
            continue
        parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    return "".join([*parts, escape(text[at:end])])
