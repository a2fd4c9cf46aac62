"""Narrowing a list of pages by what stands in its address."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.db.models.functions import TruncMonth
from django.http import QueryDict
from django.utils import dates
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from publishing.models import Audience, Author, PublishedQuerySet, Topic
from publishing.models.published import listed

PER_SHEET = 10
Choices = list[tuple[str, Any]]


class BrowseForm(forms.Form):
    """The filters of a list, offering only what some page of the list has."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    audience = forms.ChoiceField(label=_("Written for"), required=False)
    series = forms.ChoiceField(label=_("Series"), required=False)
    author = forms.ChoiceField(label=_("Author"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, asked: QueryDict, found: PublishedQuerySet) -> None:
        super().__init__(asked)
        offers = offered(found)
        for name in list(self.fields):
            if offers[name]:
                self.fields[name].choices = [("", _("All")), *offers[name]]
            else:
                del self.fields[name]


def offered(found: PublishedQuerySet) -> dict[str, Choices]:
    """Return for each filter what the pages ``found`` have; a query for each."""
    topics = Topic.objects.filter(page_links__page__in=found.order_by()).distinct()
    authors = Author.objects.filter(authorships__page__in=found.order_by()).distinct()
    months: list[date] = list(
        found.order_by()
        .annotate(posted=TruncMonth("first_published_at"))
        .values_list("posted", flat=True)
        .distinct()
    )
    tags = Tag.objects.none()
    if hasattr(found.model, "tags"):
        tags = Tag.objects.filter(pk__in=found.order_by().values("tags")).order_by("name")
    has = {field.name for field in found.model._meta.get_fields()}
    return {
        "audience": audiences_of(found) if "audiences" in has else [],
        "series": series_of(found) if "series" in has else [],
        "topic": [(topic.slug, topic.name) for topic in topics],
        "tag": [(tag.slug, tag.name) for tag in tags],
        "author": [(author.slug, author.name) for author in authors],
        "year": [(str(year), str(year)) for year in sorted({month.year for month in months}, reverse=True)],
        "month": [
            (str(number), dates.MONTHS[number]) for number in sorted({month.month for month in months})
        ],
    }


def as_query(chosen: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(chosen)
    return query.urlencode()


def audiences_of(found: PublishedQuerySet) -> Choices:
    named = {name for names in found.order_by().values_list("audiences", flat=True) for name in names}
    return [(value, label) for value, label in Audience.choices if value in named]


def series_of(found: PublishedQuerySet) -> Choices:
    names = found.order_by().exclude(series="").values_list("series", flat=True).distinct()
    return [(name, name) for name in sorted(names)]


class Browse:
    """One sheet of a list, as its address asks.

    An address with a filter that nothing answers to, or a sheet beyond the
    last, ``is_a_place`` no more; it still shows the form, and no pages.
    """

    def __init__(self, found: PublishedQuerySet, asked: QueryDict) -> None:
        self.asked = asked
        self.form = BrowseForm(asked, found)
        self.found = self.narrowed(found) if self.form.is_valid() else found.none()

    def narrowed(self, found: PublishedQuerySet) -> PublishedQuerySet:
        lookups = {
            "topic": "topic_links__topic__slug",
            "tag": "tags__slug",
            "series": "series",
            "author": "authorships__author__slug",
            "year": "first_published_at__year",
            "month": "first_published_at__month",
        }
        chosen = {lookups[name]: value for name, value in self.chosen.items() if name in lookups}
        if audience := self.chosen.get("audience"):
            found = found.written_for(audience)
        return found.filter(**chosen).distinct() if chosen else found

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in getattr(self.form, "cleaned_data", {}).items() if value}

    @cached_property
    def paginator(self) -> Paginator:
        return Paginator(self.found, PER_SHEET)

    @cached_property
    def number(self) -> int:
        asked = self.asked.get("page", "1")
        return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 0

    @property
    def is_a_place(self) -> bool:
        known = set(self.form.fields)
        foreign = set(self.form.data) & set(BrowseForm.base_fields) - known
        asks_nothing_foreign = not any(self.asked.get(name) for name in foreign)
        return self.form.is_valid() and asks_nothing_foreign and 1 <= self.number <= self.paginator.num_pages

    @property
    def status(self) -> int:
        """Return the status to answer with: a sheet beyond the last is no place."""
        return HTTPStatus.OK if self.is_a_place else HTTPStatus.NOT_FOUND

    @cached_property
    def sheet(self) -> Sheet:
        return self.paginator.page(self.number if self.is_a_place else 1)

    @cached_property
    def pages(self) -> list[Any]:
        return listed(self.sheet.object_list) if self.is_a_place else []

    @property
    def query(self) -> str:
        """Return the chosen filters as they stand in an address, without the sheet."""
        return as_query(self.chosen)

    @property
    def in_force(self) -> list[dict[str, str]]:
        """Return what each chosen filter is called, and the query that is left without it."""
        return [
            {
                "title": str(dict(self.form.fields[name].choices)[value]),
                "rest": as_query({key: other for key, other in self.chosen.items() if key != name}),
            }
            for name, value in self.chosen.items()
        ]

    @property
    def query_before(self) -> str:
        """Return the chosen filters ready to stand before another parameter."""
        return f"{self.query}&" if self.query else ""
