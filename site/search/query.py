"""One search over everything findable: ranked results, and counts for the filters beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from public_forms.numbers import parse_number
from public_forms.printable_text import printable
from publishing.models import Audience, Author, Topic, all_pages
from publishing.models.published import for_listing
from publishing.text_search import parse_query, stem
from search.models import Entry
from search.ranking import ranked_keys

PER_PAGE = 10
MAX_PAGES_PER_PAPER = 3  # pages of one paper's file on one page of results
FACETS = ["kind", "topic", "year", "author", "series", "audience"]


@dataclass(frozen=True)
class Hit:
    """What ranking and counting need of an entry, and no more."""

    pk: int
    kind: str
    page_id: int
    title: str
    facets: dict[str, tuple[str, ...]] = field(compare=False)

    def matches(self, filters: dict[str, str]) -> bool:
        return all(value in self.facets[name] for name, value in filters.items())


class SearchQuery:
    """A search as the query parameters describe it, and its results."""

    def __init__(self, parameters: QueryDict) -> None:
        self.text = parameters.get("q", "").replace("\x00", "").strip()
        self.words, self.phrases = parse_query(self.text)
        self.filters = {
            name: value for name in FACETS if (value := printable(parameters.get(name, "")).strip())
        }
        self.page_number = parse_number(parameters.get("page", "1"), maximum=99_999) or 1

    @property
    def has_terms(self) -> bool:
        return bool(self.words or self.phrases)

    @cached_property
    def all_hits(self) -> list[Hit]:
        """Return everything that matches the words, whatever the filters, best first."""
        if not self.has_terms:
            return []
        keys = ranked_keys(self.words, self.phrases)
        columns = ["pk", "kind", "page_id", "title", "topics", "authors", "date", "series", "audiences"]
        hits = {row[0]: make_hit(*row) for row in Entry.objects.filter(pk__in=keys).values_list(*columns)}
        # A query of its own: joined to the one above, SQLite would scan all pages first.
        page_ids = {hit.page_id for hit in hits.values()}
        public = set(all_pages().published().order_by().filter(pk__in=page_ids).values_list("pk", flat=True))
        ranked = [hits[key] for key in keys if key in hits and hits[key].page_id in public]
        # Whatever the ranking says, readers look for titles first.
        return sorted(ranked, key=lambda hit: not self.is_in(hit.title))

    def is_in(self, title: str) -> bool:
        """Say whether ``title`` has all words of the query."""
        return bool(title) and {stem(word) for word in self.words} <= {stem(word) for word in title.split()}

    @cached_property
    def hits(self) -> list[Hit]:
        return [hit for hit in self.all_hits if hit.matches(self.filters)]

    @cached_property
    def facets(self) -> dict[str, Counter[str]]:
        """Return how many hits each choice of a filter would leave, the other filters applied."""
        counts = {}
        for name in FACETS:
            others = {key: value for key, value in self.filters.items() if key != name}
            counts[name] = Counter(
                value for hit in self.all_hits if hit.matches(others) for value in hit.facets[name]
            )
        return counts

    @cached_property
    def pages(self) -> list[list[Hit]]:
        return list(paginate(self.hits))

    @cached_property
    def results(self) -> list[Entry]:
        """Return the entries of the requested page of results, each with its page loaded for a list."""
        if not 1 <= self.page_number <= len(self.pages):
            return []
        keys = [hit.pk for hit in self.pages[self.page_number - 1]]
        entries = Entry.objects.in_bulk(keys)
        queryset = all_pages().published().filter(pk__in={entry.page_id for entry in entries.values()})
        pages = {page.pk: page for page in for_listing(queryset)}
        results = [entries[key] for key in keys if key in entries and entries[key].page_id in pages]
        for entry in results:
            entry.page = pages[entry.page_id]
        return results

    @cached_property
    def labels(self) -> dict[str, dict[str, Any]]:
        """Return the names shown for the topics, authors and kinds that parameters name by key."""
        return {
            "kind": dict(Entry.Kind.choices),
            "audience": dict(Audience.choices),
            "topic": dict(Topic.objects.values_list("slug", "name")),
            "author": dict(Author.objects.values_list("slug", "name")),
        }


def make_hit(
    pk: int,
    kind: str,
    page: int,
    title: str,
    topics: list[str],
    authors: list[str],
    date: datetime | None,
    series: str,
    audiences: list[str],
) -> Hit:
    return Hit(pk, kind, page, title, {
        "kind": (kind,),
        "topic": tuple(topics),
        "author": tuple(authors),
        "year": (str(timezone.localtime(date).year),) if date else (),
        "series": (series,) if series else (),
        "audience": tuple(audiences),
    })  # fmt: skip


def paginate(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Yield pages of results, best first, none with more than three pages of one paper's file.

    What is held back comes first on the next page.
    """
    rest = list(hits)
    while rest:
        page: list[Hit] = []
        postponed: list[Hit] = []
        pdf_pages: Counter[int] = Counter()
        for hit in rest:
            if hit.kind == Entry.Kind.PDF_PAGE and pdf_pages[hit.page_id] >= MAX_PAGES_PER_PAPER:
                postponed.append(hit)
                continue
            pdf_pages[hit.page_id] += hit.kind == Entry.Kind.PDF_PAGE
            page.append(hit)
            if len(page) == PER_PAGE:
                break
        yield page
        rest = postponed + rest[len(page) + len(postponed) :]
