"""What is searched for instead, where nothing has all terms of a query."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from publishing.text_search import Term
from publishing.words import stem
from search import vocabulary
from search.ranking import exists

MAX_EXAMINED = 6  # words of one query; each costs queries
MAX_SUGGESTIONS = 3  # that are tried for one word


class Repair(NamedTuple):
    """A query that may find something: its terms, and its text where another spelling was put in."""

    terms: list[Term]
    text: str = ""


def repairs(terms: list[Term], text: str) -> list[Repair]:
    """Return what ``text`` may have meant, the likeliest first, by the words in it that occur nowhere.

    A word that is the beginning of others stands for all of them; else those
    like it are tried in its place, one misspelled word after the other.
    """
    unknown = [term for term in islice((t for t in terms if t.is_word), MAX_EXAMINED) if not exists(term)]
    found = [Repair(terms, text)]
    for term in unknown:
        replacements = list(replacements_of(term))
        found = [
            Repair([new if one is term else one for one in repair.terms], with_word(repair.text, term, new))
            for new in replacements
            for repair in found[:MAX_SUGGESTIONS]
        ]
    return (
        [repair._replace(text="" if repair.text == text else repair.text) for repair in found]
        if unknown
        else []
    )


def replacements_of(term: Term) -> list[Term]:
    (word,) = term.words
    if stems := vocabulary.stems_beginning(word):
        return [term._replace(forms=tuple((one,) for one in stems))]
    if parts := split(word):
        return [parts]
    return [
        Term(similar, (similar,), ((stem(similar),),))
        for similar in vocabulary.similar_words(word, limit=MAX_SUGGESTIONS)
    ]


def split(word: str) -> Term | None:
    """Return a word that is written as two on this site, such as healthcare."""
    cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    known = vocabulary.known({part for cut in cuts for part in cut})
    for first, second in cuts:
        if first in known and second in known:
            term = Term(f"{first} {second}", (first, second), ((stem(first), stem(second)),))
            if exists(term):
                return term
    return None


def with_word(text: str, term: Term, new: Term) -> str:
    """Return the query with a word replaced, wherever it is written."""
    if new.text == term.text:
        return text
    written = re.compile(rf"(?<!\w){re.escape(term.text)}(?!\w)", re.IGNORECASE)
    return written.sub(lambda match: new.text.capitalize() if match.group()[0].isupper() else new.text, text)
