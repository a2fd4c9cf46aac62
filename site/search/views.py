"""The search page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from public_forms.checks import rate_limited
from publishing.text_search import snippet
from search.models import Entry
from search.query import FACETS, PER_PAGE, SearchQuery

TITLES = {
    "kind": _("Type"),
    "topic": _("Topic"),
    "year": _("Year"),
    "author": _("Author"),
    "series": _("Series"),
    "audience": _("Audience"),
}
MAX_CHOICES = 12  # of one facet
MAX_QUERY_IN_LINK = 300  # characters


@require_safe
@rate_limited("search")
def search(request: HttpRequest) -> HttpResponse:
    """Search posts, papers, pages of their files and comments.

    Any query answers 200; one without a word shows the empty form. 429 after too many requests.
    """
    query = SearchQuery(request.GET)
    context = {
        "query": query,
        "results": [result(entry, query) for entry in query.results],
        "facets": facets(query),
        "active_filters": [choice(query, name, value) for name, value in query.filters.items()],
        "page_obj": Paginator(range(len(query.pages)), 1).get_page(query.page_number),
        "query_prefix": encode(query, query.filters) + "&",
        "per_page": PER_PAGE,
    }
    return render(request, "search/search.html", context)


def result(entry: Entry, query: SearchQuery) -> dict[str, Any]:
    page = entry.page
    highlighted = urlencode({"q": query.text[:MAX_QUERY_IN_LINK]})
    urls = {
        Entry.Kind.PDF_PAGE: f"{page.url}read/{entry.number}/?{highlighted}#found",
        Entry.Kind.COMMENT: reverse("comment", args=[entry.number or 0]),
    }
    return {
        "entry": entry,
        "page": page,
        "url": urls.get(Entry.Kind(entry.kind), page.url),
        "snippet": snippet(entry.text, [*query.words, *" ".join(query.phrases).split()]),
    }


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
    if (
        chosen and chosen not in query.facets[name]
    ):  # the filter shows what was asked for, though nothing has it
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
        "url": "?" + encode(query, others if is_chosen else others | {name: value}),
    }


def encode(query: SearchQuery, filters: dict[str, str]) -> str:
    params = QueryDict(mutable=True)
    params["q"] = query.text
    params.update(filters)
    return params.urlencode()
