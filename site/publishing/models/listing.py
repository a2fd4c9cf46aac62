"""Loading pages for lists, cards and feeds: what each of them shows, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, PageQuerySet, get_page_models

from publishing.models.authors import Authorship
from publishing.models.topics import TopicLink
from publishing.routing import share_site_root_paths

# Of every page: its address, its title and its dates.
PAGE_FIELDS = (
    "title", "slug", "url_path", "path", "depth", "content_type", "locale", "live",
    "first_published_at", "last_published_at", "latest_revision_created_at",
)  # fmt: skip


def for_cards(queryset: PageQuerySet, *also: str) -> list[Any]:
    """Return the pages in order, as their own models, with what a card shows; texts are left out.

    ``also`` names more fields. One query, one more for each type without ``listed_fields``, and what the
    types' own cards need.
    """
    pages = load_specific(queryset, also)
    prefetch_for_cards(pages)
    return pages


def prefetch_for_cards(pages: list[Any]) -> None:
    for model, group in by_model(pages).items():
        if prefetch := getattr(model, "prefetch_for_cards", None):
            prefetch(group)


def for_listing(queryset: PageQuerySet) -> list[Any]:
    """Return the pages in order with what a list shows: cards, bylines and numbers of comments."""
    pages = for_cards(queryset)
    attach_bylines(pages)
    for model, group in by_model(pages).items():
        if prefetch := getattr(model, "prefetch_for_listing", None):
            prefetch(group)
    return pages


def for_feed(queryset: PageQuerySet) -> list[Any]:
    """Return the pages in order with what a feed carries: cards, bylines, topics and whole contents."""
    pages = load_specific(queryset, whole=True)
    attach_bylines(pages)
    attach_topics(pages)
    for model, group in by_model(pages).items():
        if prefetch := getattr(model, "prefetch_for_feed", None):
            prefetch(group)
    return pages


def load_specific(queryset: PageQuerySet, also: tuple[str, ...] = (), *, whole: bool = False) -> list[Any]:
    """Return the pages in order as their own models: ``whole``, or with the fields of lists and ``also``."""
    if queryset.model is Page:
        return specific_pages(with_own_models(queryset, *also, whole=whole), whole=whole)
    pages = list(queryset if whole else queryset.only(*listed_fields(queryset.model), *also))
    share_site_root_paths(pages)
    return pages


@cache
def listed_models() -> dict[Any, str]:
    """Return the models with ``listed_fields``, and by what name a page leads to itself as each of them."""
    models: list[Any] = [model for model in get_page_models() if hasattr(model, "listed_fields")]
    return {model: model._meta.pk.remote_field.get_accessor_name() for model in models}


def with_own_models(queryset: PageQuerySet, *also: str, whole: bool = False) -> PageQuerySet:
    """Let a queryset of all types bring what ``specific_pages`` needs of those with ``listed_fields``."""
    queryset = queryset.select_related(*listed_models().values())
    if whole:
        return queryset
    own = [f"{name}__{field}" for model, name in listed_models().items() for field in model.listed_fields]
    return queryset.only(*PAGE_FIELDS, *own, *also)


def specific_pages(pages: Iterable[Page], *, whole: bool = False) -> list[Any]:
    """Return pages that came ``with_own_models`` as these; one query for each type that lists don't know."""
    found: dict[int, Any] = {}
    others: dict[Any, list[int]] = defaultdict(list)
    for page in pages:
        model = ContentType.objects.get_for_id(page.content_type_id).model_class() or Page
        if name := listed_models().get(model):
            found[page.pk] = getattr(page, name)
        else:
            found[page.pk] = None  # holds the place
            others[model].append(page.pk)
    for model, keys in others.items():
        some = model._default_manager.filter(pk__in=keys).order_by()
        found |= {page.pk: page for page in (some if whole else some.only(*listed_fields(model)))}
    specific = [page for page in found.values() if page is not None]
    share_site_root_paths(specific)
    return specific


def listed_fields(model: type[Page]) -> tuple[str, ...]:
    return (*PAGE_FIELDS, *getattr(model, "listed_fields", ()))


def by_model(pages: list[Any]) -> dict[type, list[Any]]:
    groups: dict[type, list[Any]] = defaultdict(list)
    for page in pages:
        groups[type(page)].append(page)
    return groups


def attach_bylines(pages: list[Any]) -> None:
    """Give each page its ``byline``; one query, whatever their types."""
    bylines: dict[int, list[Authorship]] = {page.pk: [] for page in pages}
    if bylines:
        rows = Authorship.objects.filter(page__in=bylines).select_related("author")
        for authorship in rows.defer("author__biography").order_by("sort_order", "pk"):
            bylines[authorship.page_id].append(authorship)
    for page in pages:
        page.byline = bylines[page.pk]


def attach_topics(pages: list[Any]) -> None:
    """Give each page its ``topics``; one query, whatever their types."""
    topics: dict[int, list[Any]] = {page.pk: [] for page in pages}
    if topics:
        links = TopicLink.objects.filter(page__in=topics).select_related("topic")
        for link in links.order_by("sort_order", "pk"):
            topics[link.page_id].append(link.topic)
    for page in pages:
        page.topics = topics[page.pk]
