"""A search query parsed into terms, and the terms located in a text. Uses no database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from publishing.words import MAX_PARTS, Normalized, Token, compounds, fold, normalized, stem, tokens

MAX_QUERY_LENGTH = 2_000  # characters; the rest of a longer query is ignored, and so is the rest below
MAX_TERMS = 24
MAX_PHRASES = 4

# Of every language, as phones and word processors put them in: curly, low, angle, full-width and corners.
_double_quotes = re.compile("[\u201c-\u201f\u00ab\u00bb\u2033\uff02\u301d-\u301f\u300c-\u300f]")
_single_quoted = re.compile(
    r"(?<!\w)[\u2018\u201a\u2039]([^\u2018\u2019\u201a\u2039\u203a]+)[\u2019\u203a](?!\w)"
)
_quoted = re.compile(r'"([^"]*)"')
_typographic = re.compile(
    "[\u00a0\u00a7\u00ab\u00bb\u2010-\u2015\u2018-\u201f\u2022\u2026]"
)  # none is in a word
_doi_label = re.compile(r"https?://(?:dx\.)?doi\.org/|\bdoi:\s*", re.IGNORECASE)
_isbn_label = re.compile(r"^\s*isbn(?:-1[03])?:?\s*(?=[\d])", re.IGNORECASE)
# Words that say nothing of a subject. They count in a phrase, and where there are no others.
_STOP_WORDS = """
    a an and are as at be been but by can could did do does for from had has have how i if in into is it
    its many me much my no not of on or our s should so t than that the their them then there these they
    this those to us was we were what when where which who whose why will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
# How the state's bills are called: H.538, HB 538, House bill 538.
_bill = re.compile(r"\b(?:(h|s)\.?b?\.?|(house|senate)\s+bill(?:\s+no\.?)?)\s*(?=\d+\b)", re.IGNORECASE)
_CHAMBERS = {"h": "house", "s": "senate"}
Sequence = tuple[str, ...]


class Term(NamedTuple):
    """One part of a query that must be found.

    ``forms`` are the sequences of stems any of which will do. An ``exact`` term was
    put in quotation marks: its words must follow one another as they are written.
    """

    text: str
    words: Sequence
    forms: tuple[Sequence, ...]
    exact: bool = False

    @property
    def is_word(self) -> bool:
        """Say whether it is a single word, which may be misspelled or a beginning."""
        return len(self.words) == 1 and self.words[0].isalpha() and not self.exact


Span = tuple[int, int]


def parse_query(query: str) -> list[Term]:
    """Return the terms of a search query: words, compounds such as H.538 or e-mail, quoted phrases.

    Everything else (operators, brackets, an unbalanced quotation mark) is ignored.
    """
    text = query[:MAX_QUERY_LENGTH].replace("\x00", " ")
    text = _single_quoted.sub(r'"\1"', _double_quotes.sub('"', text))
    text = _isbn_label.sub("", _doi_label.sub(" ", text))
    phrases = dict.fromkeys(phrase_term(phrase) for phrase in _quoted.findall(text))
    loose = list(loose_terms(_bill.sub(lambda bill: f"{(bill[1] or bill[2])[0]}.", _quoted.sub(" ", text))))
    meaningful = [term for term in loose if term.text not in STOP_WORDS]
    found = [term for term in phrases if term.words][:MAX_PHRASES]
    if not found or meaningful:
        found = [*(meaningful or loose)[: MAX_TERMS - len(found)], *found]
    return list(dict.fromkeys(found))


def phrase_term(phrase: str) -> Term:
    words = tuple(token.word for token in tokens(phrase))[:MAX_TERMS]
    return Term(" ".join(phrase.split()), words, (tuple(map(stem, words)),), exact=True)


def loose_terms(text: str) -> Iterator[Term]:
    """Yield a term for each word, and for what is written as one word."""
    parts: list[Token] = []
    for token in [*tokens(text), Token("", 0, 0, None)]:
        if parts and (token.glue is None or len(parts) >= MAX_TERMS):
            yield loose_term(text[parts[0].start : parts[-1].end], parts)
            parts = []
        parts.append(token)


def loose_term(text: str, parts: list[Token]) -> Term:
    if len(parts) == 2 and parts[1].word == "s" and parts[1].glue in {"'", "’"}:
        parts = parts[:1]  # a possessive
    words = tuple(token.word for token in parts)
    joined: tuple[Sequence, ...] = ()
    if len(parts) <= MAX_PARTS:
        joined = tuple((word,) for word in compounds(parts))
    if len(words) == 2 and words[0] in _CHAMBERS and words[1].isdecimal():
        chamber = _CHAMBERS[words[0]]
        joined = (
            (stem(chamber), "bill", words[1]),
            (stem(chamber), "bill", "no", words[1]),
            (words[0] + "b", words[1]),
        )
    return Term(fold(text), words, (tuple(map(stem, words)), *joined))


class SearchedText:
    """A text whose words were read once, in which terms are located."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.stems = [token.stem for token in self.tokens]
        self.positions: dict[str, list[int]] = {}
        for index, word in enumerate(self.stems):
            self.positions.setdefault(word, []).append(index)

    def spans(self, term: Term) -> list[Span]:
        """Return start and end of each place where the term is, in order."""
        return sorted({span for form in term.forms for span in self._spans_of(form, term)})

    def _spans_of(self, form: Sequence, term: Term) -> Iterator[Span]:
        for index in self.positions.get(form[0], []) if form else []:
            run = self.tokens[index : index + len(form)]
            if tuple(self.stems[index : index + len(form)]) != form:
                continue
            if not term.exact or tuple(token.word for token in run) == term.words:
                yield run[0].start, run[-1].end
        if len(form) == 1 and not term.exact:
            yield from self.compounds.get(form[0], [])

    @cached_property
    def compounds(self) -> dict[str, list[Span]]:
        located: dict[str, list[Span]] = {}
        parts: list[Token] = []
        for token in [*self.tokens, Token("", 0, 0, None)]:
            if not token.glue:
                for word in compounds(parts) if len(parts) > 1 else ():
                    located.setdefault(word, []).append((parts[0].start, parts[-1].end))
                parts = []
            parts.append(token)
        return located


def has_term(text: Normalized, term: Term) -> bool:
    """Say whether a text has the term; cheaper than to locate it."""
    if term.exact:
        return f" {' '.join(term.words)} " in f" {text.words} "
    stems, joined = f" {text.stems} ", f" {text.compounds} "
    return any(
        f" {' '.join(form)} " in stems or (len(form) == 1 and f" {form[0]} " in joined) for form in term.forms
    )


def has_phrase(text: str, term: Term) -> bool:
    """Say whether ``text`` has an exact term; as ``has_term``, at a fraction of its cost for English."""
    plain = _typographic.sub(" ", text)
    if not plain.isascii() or not all(word.isascii() and word.isalpha() for word in term.words):
        return has_term(normalized(text), term)
    return _phrase_pattern(term.words).search(plain) is not None


@lru_cache(maxsize=100)
def _phrase_pattern(words: Sequence) -> re.Pattern[str]:
    # A letter beside a digit begins or ends a word, so that \b won't do.
    return re.compile(r"(?<![a-z])" + r"[\W_]+".join(words) + r"(?![a-z])", re.IGNORECASE | re.ASCII)


def find_spans(text: str, terms: list[Term]) -> list[Span]:
    """Return where ``text`` has the terms; nothing unless it has all."""
    comparable = normalized(text)
    if not terms or not all(has_term(comparable, term) for term in terms):
        return []
    searched = SearchedText(text)
    return sorted({span for term in terms for span in searched.spans(term)})


def adjoining(terms: list[Term]) -> Term | None:
    """Return the terms of a query without quotation marks as one phrase; None where they are none."""
    if len(terms) < 2 or any(term.exact for term in terms):
        return None
    words = tuple(word for term in terms for word in term.words)
    return Term(" ".join(term.text for term in terms), words, (tuple(map(stem, words)),))
