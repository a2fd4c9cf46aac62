"""Lists of published pages, filtered and paged by query parameters."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models.functions import TruncMonth
from django.http import QueryDict
from django.utils import dates
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from public_forms.numbers import parse_number
from public_forms.printable_text import printable
from publishing.models import Audience, Author, PublishedQuerySet, Topic
from publishing.models.published import for_listing

PER_PAGE = 10
MAX_VALUE_LENGTH = 200  # characters of a filter value: the longest name of a series
Choices = list[tuple[str, Any]]


class FilterForm(forms.Form):
    """The filters of a list, each with the choices that occur in it. Filters without any are left out.

    A value that no page of the list has is a choice too, so that the filter shows what was asked for;
    ``unmatched`` names these filters.
    """

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    audience = forms.ChoiceField(label=_("Written for"), required=False)
    series = forms.ChoiceField(label=_("Series"), required=False)
    author = forms.ChoiceField(label=_("Author"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, params: QueryDict, pages: PublishedQuerySet) -> None:
        requested = {name: clean_value(params.get(name, "")) for name in self.base_fields}
        super().__init__(requested)
        choices = filter_choices(pages)
        self.unmatched = [
            name for name, value in requested.items() if value and value not in dict(choices[name])
        ]
        for name in self.unmatched:
            choices[name].append((requested[name], label_of_unmatched(name, requested[name])))
        for name, field in list(self.fields.items()):
            if isinstance(field, forms.ChoiceField) and choices[name]:
                field.choices = [("", _("All")), *choices[name]]
            else:
                del self.fields[name]

    def label_of(self, name: str, value: str) -> str:
        """Return what the choice ``value`` of a filter is called."""
        field = self.fields[name]
        choices = list(field.widget.choices) if isinstance(field, forms.ChoiceField) else []
        return str(dict(choices)[value])


def filter_choices(pages: PublishedQuerySet) -> dict[str, Choices]:
    """Return the choices of each filter that match at least one of ``pages``; one query for each filter."""
    topics = Topic.objects.filter(page_links__page__in=pages.order_by()).distinct()
    authors = Author.objects.filter(authorships__page__in=pages.order_by()).distinct()
    months: list[date] = list(
        pages.order_by()
        .annotate(posted=TruncMonth("first_published_at"))
        .values_list("posted", flat=True)
        .distinct()
    )
    tags = Tag.objects.none()
    if hasattr(pages.model, "tags"):
        tags = Tag.objects.filter(pk__in=pages.order_by().values("tags")).order_by("name")
    field_names = {field.name for field in pages.model._meta.get_fields()}
    return {
        "audience": audience_choices(pages) if "audiences" in field_names else [],
        "series": series_choices(pages) if "series" in field_names else [],
        "topic": [(topic.slug, topic.name) for topic in topics],
        "tag": [(tag.slug, tag.name) for tag in tags],
        "author": [(author.slug, author.name) for author in authors],
        "year": [(str(year), str(year)) for year in sorted({month.year for month in months}, reverse=True)],
        "month": [
            (str(number), dates.MONTHS[number]) for number in sorted({month.month for month in months})
        ],
    }


def clean_value(text: str) -> str:
    return printable(text).strip()[:MAX_VALUE_LENGTH]


def label_of_unmatched(name: str, value: str) -> str:
    """Return what a value is called that no page of the list has; one that means nothing, as it came."""
    models: dict[str, type[Topic] | type[Author] | type[Tag]] = {"topic": Topic, "author": Author, "tag": Tag}
    if model := models.get(name):
        return str(model.objects.filter(slug=value).first() or value)
    labels: dict[str, Any] = {}
    if name == "audience":
        labels = dict(Audience.choices)
    elif name == "month":
        labels = {str(number): text for number, text in dates.MONTHS.items()}
    return str(labels.get(value, value))


def encode(values: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return query.urlencode()


def audience_choices(pages: PublishedQuerySet) -> Choices:
    used = {name for names in pages.order_by().values_list("audiences", flat=True) for name in names}
    return [(value, label) for value, label in Audience.choices if value in used]


def series_choices(pages: PublishedQuerySet) -> Choices:
    names = pages.order_by().exclude(series="").values_list("series", flat=True).distinct()
    return [(name, name) for name in sorted(names)]


class FilteredList:
    """One page of a list, as the query parameters ask for it.

    With a filter value that no page of the list has, it is empty. With a page
    number beyond the last, ``is_valid_page`` is false: there are no pages either.
    """

    def __init__(self, pages: PublishedQuerySet, params: QueryDict) -> None:
        self.params = params
        self.form = FilterForm(params, pages)
        self.queryset = self.filtered(pages) if self.form.is_valid() else pages.none()

    def filtered(self, pages: PublishedQuerySet) -> PublishedQuerySet:
        lookups = {
            "topic": "topic_links__topic__slug",
            "tag": "tags__slug",
            "series": "series",
            "author": "authorships__author__slug",
            "year": "first_published_at__year",
            "month": "first_published_at__month",
        }
        conditions = {lookups[name]: value for name, value in self.values.items() if name in lookups}
        if self.form.unmatched:
            return pages.none()
        if audience := self.values.get("audience"):
            pages = pages.written_for(audience)
        return pages.filter(**conditions).distinct() if conditions else pages

    @property
    def values(self) -> dict[str, str]:
        return {name: value for name, value in getattr(self.form, "cleaned_data", {}).items() if value}

    @cached_property
    def paginator(self) -> Paginator:
        return Paginator(self.queryset, PER_PAGE)

    @cached_property
    def page_number(self) -> int:
        return parse_number(self.params.get("page", "1"))

    @property
    def is_valid_page(self) -> bool:
        return 1 <= self.page_number <= self.paginator.num_pages

    @property
    def status(self) -> int:
        """Return the status of the response: 404 for a page beyond the last."""
        return HTTPStatus.OK if self.is_valid_page else HTTPStatus.NOT_FOUND

    @cached_property
    def page_obj(self) -> PaginatorPage:
        return self.paginator.page(self.page_number if self.is_valid_page else 1)

    @cached_property
    def pages(self) -> list[Any]:
        return for_listing(self.page_obj.object_list) if self.is_valid_page else []

    @property
    def query(self) -> str:
        """Return the active filters as a query string, without the page number."""
        return encode(self.values)

    @property
    def active_filters(self) -> list[dict[str, str]]:
        """Return the label of each active filter, and the query string without that filter."""
        return [
            {
                "title": self.form.label_of(name, value),
                "query": encode({key: other for key, other in self.values.items() if key != name}),
            }
            for name, value in self.values.items()
        ]

    @property
    def query_prefix(self) -> str:
        """Return ``query`` so that another parameter can follow it directly."""
        return f"{self.query}&" if self.query else ""
