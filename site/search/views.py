"""The search page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from public_forms.checks import rate_limited
from publishing.models import Topic, all_pages
from publishing.snippets import snippet
from publishing.text_search import SearchedText
from search.hits import PER_PAGE
from search.models import Entry
from search.query import FACETS, Scope, SearchQuery

TITLES = {
    "kind": _("Type"),
    "topic": _("Topic"),
    "year": _("Year"),
    "author": _("Author"),
    "series": _("Series"),
    "audience": _("Audience"),
}
MAX_CHOICES = 12  # of one facet
MAX_TOPICS = 12  # offered where nothing was found
MAX_QUERY_IN_LINK = 300  # characters


class ResultPages(Paginator):
    """The pages of results by number, of which ``page_range`` has those that the pager shows.

    Walking over two hundred numbers would take the template longer than all else.
    """

    def __init__(self, query: SearchQuery) -> None:
        super().__init__(range(len(query.pages)), 1)
        self.current = min(query.page_number, self.num_pages)

    @property
    def page_range(self) -> list[int]:  # type: ignore[override]
        around = range(self.current - 2, self.current + 3)
        return sorted({1, self.num_pages, *(n for n in around if 1 <= n <= self.num_pages)})


@require_safe
@rate_limited("search")
def search(request: HttpRequest) -> HttpResponse:
    """Search posts, papers, pages of their files, comments and people.

    Any query answers 200. Filters without a word show the list they leave; nothing at all shows the
    empty form. 429 after too many requests.
    """
    query = SearchQuery(request.GET)
    context = {
        "query": query,
        "results": [result(request, entry, query) for entry in query.results],
        "facets": facets(query),
        "active_filters": [choice(query, name, value) for name, value in query.filters.items()],
        "page_obj": ResultPages(query).get_page(query.page_number),
        "query_prefix": encode(query.text, query.filters) + "&",
        "per_page": PER_PAGE,
        "suggestion_url": "?" + encode(query.suggestion, query.filters),
        "unfiltered_url": "?" + encode(query.text, {}),
        "unquoted_url": "?" + encode(" ".join(term.text for term in query.terms), query.filters),
        "topics": [] if query.hits else topics_with_pages(),
    }
    return render(request, "search/search.html", context)


def result(request: HttpRequest, entry: Entry, query: SearchQuery) -> dict[str, Any]:
    return {
        "entry": entry,
        "page": entry.page,
        "page_kind": getattr(entry.page.specific_class, "kind_label", ""),
        "url": url_of(entry, query, entry.page.get_url(request)),
        "snippet": snippet(entry.text, query.terms),
    }


def url_of(entry: Entry, query: SearchQuery, page_url: str) -> str:
    match entry.kind:
        case Entry.Kind.PDF_PAGE:
            words = urlencode({"q": words_in(entry, query)})
            return f"{page_url}read/{entry.number}/{f'?{words}#found' if query.terms else ''}"
        case Entry.Kind.COMMENT:
            return reverse("comment", args=[entry.number or 0])
        case Entry.Kind.PERSON if entry.authors:
            return reverse("author", args=entry.authors)
        case Entry.Kind.PERSON:
            return "?" + encode(f'"{entry.title}"', {"kind": Entry.Kind.COMMENT})
    return page_url


def words_in(entry: Entry, query: SearchQuery) -> str:
    """Return the query for the search within a paper: where it was not found as it is, what stands for it."""
    if query.scope == Scope.ALL:
        return query.text[:MAX_QUERY_IN_LINK]
    searched = SearchedText(entry.text)
    places = [searched.spans(term)[:1] for term in query.terms]
    return " ".join(entry.text[start:end] for spans in places for start, end in spans)[:MAX_QUERY_IN_LINK]


def topics_with_pages() -> QuerySet[Topic]:
    published = all_pages().published().order_by().values("pk")
    return Topic.objects.filter(page_links__page__in=published).distinct()[:MAX_TOPICS]


def facets(query: SearchQuery) -> list[dict[str, Any]]:
    """Return each facet that leaves a choice."""
    return [
        {"name": name, "title": TITLES[name], "choices": facet_choices(query, name)}
        for name in FACETS
        if len(query.facets[name]) > 1 or name in query.filters
    ]


def facet_choices(query: SearchQuery, name: str) -> list[dict[str, Any]]:
    """Return the choices of a facet, the most frequent first; equal ones by title, years the newest first."""
    choices = [choice(query, name, value, count) for value, count in query.facets[name].items()]
    choices.sort(key=lambda choice: str(choice["title"]).casefold(), reverse=name == "year")
    choices.sort(key=lambda choice: choice["count"], reverse=True)
    chosen = query.filters.get(name)
    if chosen and chosen not in query.facets[name]:
        # The filter shows what was asked for, though nothing has it.
        choices.insert(0, choice(query, name, chosen))
    return choices[:MAX_CHOICES]


def choice(query: SearchQuery, name: str, value: str, count: int = 0) -> dict[str, Any]:
    """Return one choice of a facet; its link adds the filter, or removes it where it is active."""
    is_chosen = query.filters.get(name) == value
    others = {key: other for key, other in query.filters.items() if key != name}
    return {
        "title": query.labels.get(name, {}).get(value, value),
        "count": count,
        "is_chosen": is_chosen,
        "url": "?" + encode(query.text, others if is_chosen else others | {name: value}),
    }


def encode(text: str, filters: dict[str, str]) -> str:
    params = QueryDict(mutable=True)
    params["q"] = text
    params.update(filters)
    return params.urlencode()
