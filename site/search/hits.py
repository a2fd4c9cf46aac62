"""Matches of a search as hits: only public ones, with what is counted and paged of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from django.utils import timezone

from publishing.models import all_pages
from publishing.text_search import Term, has_phrase
from publishing.words import normalized
from search.models import Entry
from search.ranking import Match, newest

PER_PAGE = 10
MAX_PAGES_PER_PAPER = 3  # pages of one paper's file on one page of results
Values = tuple[str, ...]


class Facets(NamedTuple):
    """What hits are counted and filtered by; those of one page mostly have the same."""

    kind: Values
    topic: Values
    year: Values
    author: Values
    series: Values
    audience: Values

    def match(self, filters: dict[str, str]) -> bool:
        return all(value in getattr(self, name) for name, value in filters.items())


class Hit(NamedTuple):
    """What ranking and counting need of an entry, and no more."""

    pk: int
    kind: str
    page_id: int
    person: str
    score: float
    title: str
    title_stems: str
    facets: Facets

    def title_match(self, terms: list[Term], query: str) -> int:
        """Return 1 where the title has all terms, 2 where it has the ``query`` in a row, 3 where it is that.

        The query is given as stems, those that make no term included.
        """
        title = f" {self.title_stems} "
        if not all(any(f" {' '.join(form)} " in title for form in term.forms) for term in terms):
            return 0
        return 1 + (f" {query} " in title) + (query == normalized(self.title).stems)


def listed(kind: str) -> list[Match]:
    """Return the newest entries of a kind; without one, posts and papers."""
    return newest([kind] if kind else [Entry.Kind.POST, Entry.Kind.PAPER])


def with_exact_terms(matches: list[Match], terms: list[Term]) -> list[Match]:
    """Keep the entries where each phrase in quotation marks is written as in the query."""
    exact = [term for term in terms if term.exact]
    if not exact or not matches:
        return matches
    rows = Entry.objects.filter(pk__in=[match.entry_id for match in matches])
    right = set()
    for key, *texts in rows.values_list("pk", "title", "author_name", "text").iterator():
        if all(any(has_phrase(text, term) for text in texts) for term in exact):
            right.add(key)
    return [match for match in matches if match.entry_id in right]


def public_hits(matches: list[Match]) -> list[Hit]:
    """Return what is on public pages, each person once, in the order of ``matches``."""
    # A query of its own: joined to the one of the matches, SQLite would scan all pages first.
    page_ids = {match.page_id for match in matches}
    public = set(all_pages().published().order_by().filter(pk__in=page_ids).values_list("pk", flat=True))
    zone = timezone.get_current_timezone()
    shown: dict[str | int, Hit] = {}
    for match in matches:
        if match.page_id in public:
            key = match.person or match.entry_id
            if key not in shown:
                shown[key] = make_hit(match, zone)
    return list(shown.values())


def make_hit(match: Match, zone: tzinfo) -> Hit:
    facets = Facets(
        (match.kind,),
        parsed_list(match.topics),
        (year_of(match.date, zone),) if match.date else (),
        parsed_list(match.authors),
        (match.series,) if match.series else (),
        parsed_list(match.audiences),
    )
    return Hit(
        match.entry_id,
        match.kind,
        match.page_id,
        match.person,
        match.score,
        match.title,
        match.title_stems,
        facets,
    )


@lru_cache(maxsize=10_000)
def parsed_list(text: str) -> Values:
    return tuple(json.loads(text))


def year_of(date: str, zone: tzinfo) -> str:
    """Return the year in ``zone`` of an ISO 8601 date; one without an offset is of UTC."""
    moment = datetime.fromisoformat(date)
    return str((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone).year)


def paginate(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Yield pages of results, best first, none with more than three pages of one paper's file.

    What is held back comes first on the next page.
    """
    ranks = enumerate(hits)
    held: defaultdict[int, deque[tuple[int, Hit]]] = defaultdict(deque)  # by paper, best first
    while True:
        page: list[Hit] = []
        pdf_pages: Counter[int] = Counter()
        best = [(waiting[0][0], paper) for paper, waiting in held.items()]
        heapify(best)
        while best and len(page) < PER_PAGE:
            _rank, paper = heappop(best)
            page.append(held[paper].popleft()[1])
            pdf_pages[paper] += 1
            if not held[paper]:
                del held[paper]
            elif pdf_pages[paper] < MAX_PAGES_PER_PAPER:
                heappush(best, (held[paper][0][0], paper))
        while len(page) < PER_PAGE and (ranked := next(ranks, None)):
            _rank, hit = ranked
            if hit.kind != Entry.Kind.PDF_PAGE:
                page.append(hit)
            elif pdf_pages[hit.page_id] < MAX_PAGES_PER_PAPER:
                pdf_pages[hit.page_id] += 1
                page.append(hit)
            else:
                held[hit.page_id].append(ranked)
        if not page:
            return
        yield page
