"""Lists of published pages, filtered and paged by query parameters."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import dates
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from pagecache.kept_values import kept
from public_forms.numbers import parse_number
from public_forms.printable_text import printable
from publishing.cards import Card, cards_of
from publishing.filter_choices import filter_choices
from publishing.models import Audience, Author, PublishedQuerySet, Topic
from publishing.models.listing import for_listing

PER_PAGE = 10
MAX_VALUE_LENGTH = 200  # characters of a filter value: the longest name of a series


class Filter(NamedTuple):
    """One filter as it is shown: value and label of each choice, and the chosen value."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]


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

    def __init__(self, params: QueryDict, pages: PublishedQuerySet, *, name: str) -> None:
        requested = {name: clean_value(params.get(name, "")) for name in self.base_fields}
        super().__init__(requested)
        kept_choices, self.page_count = kept(("filter choices", name), partial(filter_choices, pages))
        choices = {name: list(known) for name, known in kept_choices.items()}
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

    @property
    def as_filters(self) -> tuple[Filter, ...]:
        """Return the filters as plain values."""
        return tuple(
            Filter(name, str(field.label), self.data.get(name, ""), self._choices_of(field))
            for name, field in self.fields.items()
        )

    def label_of(self, name: str, value: str) -> str:
        """Return what the choice ``value`` of a filter is called."""
        return dict(self._choices_of(self.fields[name]))[value]

    @staticmethod
    def _choices_of(field: forms.Field) -> tuple[tuple[str, str], ...]:
        choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
        return tuple((str(value), str(label)) for value, label in choices)


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


class FilteredList:
    """One page of a list, as the query parameters ask for it.

    ``name`` tells the list from all others. With a filter value that no page of
    the list has, it is empty. With a page number beyond the last,
    ``is_valid_page`` is false: there are no pages either.
    """

    def __init__(self, pages: PublishedQuerySet, params: QueryDict, *, name: str) -> None:
        self.params = params
        self.form = FilterForm(params, pages, name=name)
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
        paginator = Paginator(self.queryset, PER_PAGE)
        if not self.values:
            vars(paginator)["count"] = self.form.page_count  # known with the choices of the filters
        return paginator

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
    def cards(self) -> tuple[Card, ...]:
        return cards_of(self.pages)

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
