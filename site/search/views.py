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

from publishing.text_search import snippet
from search.models import Entry
from search.query import FACETS, PER_SHEET, Asked

TITLES = {
    "kind": _("Kind"),
    "topic": _("Topic"),
    "year": _("Year"),
    "author": _("Author"),
    "series": _("Series"),
    "audience": _("Audience"),
}
SHOWN = 12  # choices of one facet


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Answer a question over posts, papers, pages of their files and comments.

    Anything may be asked; what is no question gets the empty form.
    """
    asked = Asked(request.GET)
    context = {
        "asked": asked,
        "results": [result(entry, asked) for entry in asked.results],
        "facets": facets(asked),
        "in_force": [choice(asked, name, value) for name, value in asked.chosen.items()],
        "sheet": Paginator(range(len(asked.sheets)), 1).get_page(asked.number),
        "query": address(asked, asked.chosen) + "&",
        "per_sheet": PER_SHEET,
    }
    return render(request, "search/search.html", context)


def result(entry: Entry, asked: Asked) -> dict[str, Any]:
    page = entry.found_on
    addresses = {
        Entry.Kind.SHEET: f"{page.url}read/{entry.number}/?{urlencode({'q': asked.text[:300]})}#found",
        Entry.Kind.COMMENT: reverse("comment", args=[entry.number or 0]),
    }
    return {
        "entry": entry,
        "page": page,
        "url": addresses.get(entry.kind, page.url),
        "snippet": snippet(entry.text, [*asked.words, *" ".join(asked.phrases).split()]),
    }


def facets(asked: Asked) -> list[dict[str, Any]]:
    """Return each facet with something to choose from, most frequent choice first."""
    return [
        {
            "name": name,
            "title": TITLES[name],
            "choices": [choice(asked, name, value, count) for value, count in counted],
        }
        for name in FACETS
        if len(counted := asked.facets[name].most_common(SHOWN)) > 1 or name in asked.chosen
    ]


def choice(asked: Asked, name: str, value: str, count: int = 0) -> dict[str, Any]:
    """Return one choice, leading to the search with it, or without it where it is in force."""
    is_chosen = asked.chosen.get(name) == value
    others = {key: other for key, other in asked.chosen.items() if key != name}
    return {
        "title": asked.names.get(name, {}).get(value, value),
        "count": count,
        "is_chosen": is_chosen,
        "url": "?" + address(asked, others if is_chosen else others | {name: value}),
    }


def address(asked: Asked, chosen: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query["q"] = asked.text
    query.update(chosen)
    return query.urlencode()
