"""The choices of the filters of a list: what occurs in it, and how many pages it has."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import TruncMonth
from django.utils import dates
from taggit.models import Tag

from publishing.models import Audience, Author, PublishedQuerySet, Topic

Choices = list[tuple[str, Any]]


class FilterChoices(NamedTuple):
    """Value and label of each choice by the name of the filter, and the number of pages in the list."""

    by_filter: dict[str, Choices]
    page_count: int


def filter_choices(pages: PublishedQuerySet) -> FilterChoices:
    """Return the choices of each filter that match at least one of ``pages``; two queries.

    The rows they bring grow with the number of different choices, not with the number of pages.
    """
    names: dict[str, Choices] = {"topic": [], "tag": [], "author": []} | named_choices(pages)
    fields = {field.name for field in pages.model._meta.get_fields()}
    known = [name for name in ("audiences", "series") if name in fields]
    rows = [
        dict(zip(("number", "posted", *known), row, strict=True))
        for row in pages.order_by()
        .annotate(posted=TruncMonth("first_published_at"))
        .values("posted", *known)
        .annotate(number=Count("pk"))
        .values_list("number", "posted", *known)
    ]
    months: set[datetime] = {row["posted"] for row in rows}
    audiences = {name for row in rows for name in row.get("audiences") or ()}
    series = {row["series"] for row in rows if row.get("series")}
    choices: dict[str, Choices] = {
        "topic": names["topic"],
        "tag": names["tag"],
        "audience": [(value, label) for value, label in Audience.choices if value in audiences],
        "series": [(name, name) for name in sorted(series)],
        "author": names["author"],
        "year": [(str(year), str(year)) for year in sorted({month.year for month in months}, reverse=True)],
        "month": [
            (str(number), dates.MONTHS[number]) for number in sorted({month.month for month in months})
        ],
    }
    return FilterChoices(choices, sum(row["number"] for row in rows))


def named_choices(pages: PublishedQuerySet) -> dict[str, Choices]:
    """Return slug and name of the topics, tags and authors of ``pages``, each by name; one query."""
    keys = pages.order_by().values("pk")
    queries = [
        rows_of("topic", Topic.objects.filter(page_links__page__in=keys)),
        rows_of("author", Author.objects.filter(authorships__page__in=keys)),
    ]
    if hasattr(pages.model, "tags"):
        queries.append(rows_of("tag", Tag.objects.filter(pk__in=pages.order_by().values("tags"))))
    choices: dict[str, Choices] = {}
    for name, slug, label in queries[0].union(*queries[1:]).order_by("filter", "name"):
        choices.setdefault(name, []).append((slug, label))
    return choices


def rows_of(name: str, queryset: QuerySet) -> QuerySet:
    named = queryset.order_by().annotate(filter=Value(name, output_field=CharField()))
    return named.values_list("filter", "slug", "name")
