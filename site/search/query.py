"""Asking the table: one question, ranked over all kinds, with counts to narrow it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from publishing.models import Audience, Author, Topic, all_pages
from publishing.models.published import for_listing
from publishing.text_search import parse_query, stem
from search.models import Entry
from search.ranking import ranked

PER_SHEET = 10
SHEETS_A_PAPER = 3  # pages of one paper's file on one results page
FACETS = ["kind", "topic", "year", "author", "series", "audience"]


@dataclass(frozen=True)
class Hit:
    """What ranking and counting need of an entry, and no more."""

    pk: int
    kind: str
    page_id: int
    title: str
    facets: dict[str, tuple[str, ...]] = field(compare=False)

    def answers(self, chosen: dict[str, str]) -> bool:
        return all(value in self.facets[name] for name, value in chosen.items())


class Asked:
    """What somebody asks, and what the site has to say to it."""

    def __init__(self, parameters: QueryDict) -> None:
        self.text = parameters.get("q", "").replace("\x00", "").strip()
        self.words, self.phrases = parse_query(self.text)
        self.chosen = {name: parameters[name] for name in FACETS if parameters.get(name)}
        sheet = parameters.get("page", "1")
        self.number = int(sheet) if sheet.isascii() and sheet.isdecimal() and len(sheet) < 6 else 1

    @property
    def is_a_question(self) -> bool:
        return bool(self.words or self.phrases)

    @cached_property
    def all_hits(self) -> list[Hit]:
        """Return everything that answers, best first."""
        if not self.is_a_question:
            return []
        keys = ranked(self.words, self.phrases)
        columns = ["pk", "kind", "page_id", "title", "topics", "authors", "dated", "series", "audiences"]
        known = {row[0]: hit(*row) for row in Entry.objects.filter(pk__in=keys).values_list(*columns)}
        # Asked apart: joined to the question above, SQLite would go through all pages first.
        homes = {one.page_id for one in known.values()}
        public = set(all_pages().published().order_by().filter(pk__in=homes).values_list("pk", flat=True))
        found = [known[key] for key in keys if key in known and known[key].page_id in public]
        # Whatever the ranking says, readers look for titles first.
        return sorted(found, key=lambda one: not self.is_in(one.title))

    def is_in(self, title: str) -> bool:
        return bool(title) and {stem(word) for word in self.words} <= {stem(word) for word in title.split()}

    @cached_property
    def hits(self) -> list[Hit]:
        return [one for one in self.all_hits if one.answers(self.chosen)]

    @cached_property
    def facets(self) -> dict[str, Counter[str]]:
        """Return how many hits each choice would leave, given what else is chosen."""
        counts = {}
        for name in FACETS:
            others = {key: value for key, value in self.chosen.items() if key != name}
            counts[name] = Counter(
                value for one in self.all_hits if one.answers(others) for value in one.facets[name]
            )
        return counts

    @cached_property
    def sheets(self) -> list[list[Hit]]:
        return list(dealt(self.hits))

    @cached_property
    def results(self) -> list[Entry]:
        """Return the entries of the sheet asked for, each with its page as a list shows it."""
        if not 1 <= self.number <= len(self.sheets):
            return []
        wanted = [one.pk for one in self.sheets[self.number - 1]]
        entries = Entry.objects.in_bulk(wanted)
        found = for_listing(
            all_pages().published().filter(pk__in={entry.page_id for entry in entries.values()})
        )
        homes = {page.pk: page for page in found}
        for entry in entries.values():
            entry.found_on = homes.get(entry.page_id)
        return [entries[pk] for pk in wanted if pk in entries and entries[pk].found_on]

    @cached_property
    def names(self) -> dict[str, dict[str, Any]]:
        """Return what people call the topics, authors and kinds that stand in addresses."""
        return {
            "kind": dict(Entry.Kind.choices),
            "audience": dict(Audience.choices),
            "topic": dict(Topic.objects.values_list("slug", "name")),
            "author": dict(Author.objects.values_list("slug", "name")),
        }


def hit(
    pk: int,
    kind: str,
    page: int,
    title: str,
    topics: list[str],
    authors: list[str],
    dated: datetime | None,
    series: str,
    audiences: list[str],
) -> Hit:
    return Hit(pk, kind, page, title, {
        "kind": (kind,),
        "topic": tuple(topics),
        "author": tuple(authors),
        "year": (str(timezone.localtime(dated).year),) if dated else (),
        "series": (series,) if series else (),
        "audience": tuple(audiences),
    })  # fmt: skip


def dealt(ranked: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Yield results pages, best first, none with more than three pages of one paper's file.

    What is held back comes first on the next one.
    """
    rest = list(ranked)
    while rest:
        sheet: list[Hit] = []
        later: list[Hit] = []
        seen: Counter[int] = Counter()
        for one in rest:
            if one.kind == Entry.Kind.SHEET and seen[one.page_id] >= SHEETS_A_PAPER:
                later.append(one)
                continue
            seen[one.page_id] += one.kind == Entry.Kind.SHEET
            sheet.append(one)
            if len(sheet) == PER_SHEET:
                break
        yield sheet
        rest = later + rest[len(sheet) + len(later) :]
