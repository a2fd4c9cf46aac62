"""Matches of a search as hits: only public ones, with what is counted and paged of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from publishing.models import all_pages
from publishing.text_search import Term, has_term
from publishing.words import normalized
from search.models import Entry
from search.ranking import MAX_RESULTS, Match

PER_PAGE = 10
MAX_PAGES_PER_PAPER = 3  # pages of one paper's file on one page of results
COLUMNS = [
    "pk", "kind", "page_id", "person", "weight", "title", "title_stems",
    "topics", "authors", "date", "series", "audiences",
]  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """What ranking and counting need of an entry, and no more."""

    pk: int
    kind: str
    page_id: int
    person: str
    score: float
    title: str
    title_stems: str
    facets: dict[str, tuple[str, ...]] = field(compare=False)

    def matches(self, filters: dict[str, str]) -> bool:
        return all(value in self.facets[name] for name, value in filters.items())

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
    kinds = [kind] if kind else [Entry.Kind.POST, Entry.Kind.PAPER]
    entries = Entry.objects.filter(kind__in=kinds)
    order = ["title", "pk"] if kind == Entry.Kind.PERSON else ["-date", "number", "pk"]
    keys = list(entries.order_by(*order).values_list("pk", flat=True)[:MAX_RESULTS])
    return [Match(key, float(len(keys) - place)) for place, key in enumerate(keys)]


def with_exact_terms(matches: list[Match], terms: list[Term]) -> list[Match]:
    """Keep the entries where each phrase in quotation marks is written as in the query."""
    exact = [term for term in terms if term.exact]
    if not exact or not matches:
        return matches
    rows = Entry.objects.filter(pk__in=[match.entry_id for match in matches])
    right = set()
    for key, *texts in rows.values_list("pk", "title", "author_name", "text").iterator():
        comparable = [normalized(text) for text in texts]
        if all(any(has_term(text, term) for text in comparable) for term in exact):
            right.add(key)
    return [match for match in matches if match.entry_id in right]


def public_hits(matches: list[Match]) -> list[Hit]:
    """Return what is on public pages, each person once, in the order of ``matches``."""
    scores = dict(matches)
    rows = Entry.objects.filter(pk__in=list(scores)).values_list(*COLUMNS)
    hits = {row[0]: make_hit(scores[row[0]], *row) for row in rows}
    # A query of its own: joined to the one above, SQLite would scan all pages first.
    page_ids = {hit.page_id for hit in hits.values()}
    public = set(all_pages().published().order_by().filter(pk__in=page_ids).values_list("pk", flat=True))
    shown: dict[tuple[str, ...] | int, Hit] = {}
    for key in scores:
        if key in hits and hits[key].page_id in public:
            shown.setdefault((hits[key].person,) if hits[key].person else key, hits[key])
    return list(shown.values())


def make_hit(
    score: float,
    pk: int,
    kind: str,
    page: int,
    person: str,
    weight: float,
    title: str,
    title_stems: str,
    topics: list[str],
    authors: list[str],
    date: datetime | None,
    series: str,
    audiences: list[str],
) -> Hit:
    return Hit(pk, kind, page, person, score * weight, title, title_stems, {
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
