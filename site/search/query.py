"""One search over everything findable: ranked results, and counts for the filters beside them."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property

from public_forms.numbers import parse_number
from public_forms.printable_text import printable
from publishing.models import Audience, Author, Topic
from publishing.text_search import MAX_QUERY_LENGTH, Term, parse_query
from publishing.words import normalized
from search import fallback
from search.hits import Facets, Hit, listed, paginate, public_hits, with_exact_terms
from search.models import Entry
from search.ranking import ranked

FACETS = Facets._fields
MAX_FILTER_LENGTH = 200  # characters


class Scope(StrEnum):
    """What the results have of the query."""

    ALL = "all"  # every term
    SIMILAR = "similar"  # words like those typed, see SearchQuery.suggestion
    BEGINNING = "beginning"  # words that begin like those typed
    SOME = "some"  # at least one of the words


class SearchQuery:
    """A search as the query parameters describe it, and its results."""

    def __init__(self, parameters: QueryDict) -> None:
        self.text = parameters.get("q", "")[:MAX_QUERY_LENGTH].replace("\x00", "").strip()
        self.terms = parse_query(self.text)
        self.filters = {
            name: value
            for name in FACETS
            if (value := printable(parameters.get(name, "")[:MAX_FILTER_LENGTH]).strip())
        }
        self.page_number = parse_number(parameters.get("page", "1"), maximum=99_999) or 1
        self.scope = Scope.ALL
        self.suggestion = ""  # the query with other words, where only those are found

    @property
    def has_terms(self) -> bool:
        return bool(self.terms)

    @property
    def has_phrase(self) -> bool:
        return any(term.exact for term in self.terms)

    @property
    def is_list(self) -> bool:
        """Say whether it asks for a list without saying a word: everything that the filters leave."""
        return not self.text and bool(self.filters)

    @cached_property
    def all_hits(self) -> list[Hit]:
        """Return everything that matches the words, whatever the filters, best first."""
        if self.is_list:
            return public_hits(listed(self.filters.get("kind", "")))
        if not self.has_terms:
            return []
        if hits := self._hits_for(self.terms):
            return hits
        for repair in fallback.repairs(self.terms, self.text):
            if hits := self._hits_for(repair.terms):
                self.scope = Scope.SIMILAR if repair.text else Scope.BEGINNING
                self.terms, self.suggestion = repair.terms, repair.text
                return hits
        loose = [term for term in self.terms if not term.exact]
        if len(loose) > 1:
            hits = self._rank(public_hits(ranked(loose, any_term=True)), loose)
            self.scope = Scope.SOME if hits else Scope.ALL
            return hits
        return []

    def _hits_for(self, terms: list[Term]) -> list[Hit]:
        return self._rank(public_hits(with_exact_terms(ranked(terms), terms)), terms)

    def _rank(self, hits: list[Hit], terms: list[Term]) -> list[Hit]:
        """Return the hits best first. Whatever the score says, readers look for titles and names first."""
        whole = normalized(self.text).stems
        return sorted(
            hits,
            key=lambda hit: (hit.title_match(terms, whole) if hit.title else 0, hit.score),
            reverse=True,
        )

    @cached_property
    def hits(self) -> list[Hit]:
        if not self.filters:
            return self.all_hits
        wanted = {facets for facets in self._frequencies if facets.match(self.filters)}
        return [hit for hit in self.all_hits if hit.facets in wanted]

    @cached_property
    def facets(self) -> dict[str, Counter[str]]:
        """Return how many hits each choice of a filter would leave, the other filters applied."""
        counts: dict[str, Counter[str]] = {}
        for name in FACETS:
            others = {key: value for key, value in self.filters.items() if key != name}
            counts[name] = Counter()
            for facets, frequency in self._frequencies.items():
                if not others or facets.match(others):
                    for value in getattr(facets, name):
                        counts[name][value] += frequency
        return counts

    @cached_property
    def _frequencies(self) -> Counter[Facets]:
        return Counter(hit.facets for hit in self.all_hits)

    @cached_property
    def pages(self) -> list[list[Hit]]:
        return list(paginate(self.hits))

    @cached_property
    def results(self) -> list[Entry]:
        """Return the entries of the requested page of results, each with its page."""
        if not 1 <= self.page_number <= len(self.pages):
            return []
        keys = [hit.pk for hit in self.pages[self.page_number - 1]]
        entries = Entry.objects.for_display().select_related("page").in_bulk(keys)
        return [entries[key] for key in keys if key in entries]

    @cached_property
    def labels(self) -> dict[str, dict[str, Any]]:
        """Return the names shown for the topics, authors and kinds that parameters name by key."""
        return {
            "kind": dict(Entry.Kind.choices),
            "audience": dict(Audience.choices),
            "topic": dict(Topic.objects.values_list("slug", "name")),
            "author": dict(Author.objects.values_list("slug", "name")),
        }
