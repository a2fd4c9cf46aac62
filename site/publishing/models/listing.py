"""Loading pages for lists, cards and feeds: what each of them shows, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, PageQuerySet

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

    One query for each type, one more for a queryset of all types, and what the type's own cards need.
    """
    pages = load_specific(queryset, also)
    prefetch_for_cards(pages)
    return pages


def prefetch_for_cards(pages: list[Any]) -> None:
    for model, group in by_model(pages).items():
        if prefetch := getattr(model, "prefetch_for_cards", None):
            prefetch(group)


def for_listing(queryset: PageQuerySet, *also: str) -> list[Any]:
    """Return the pages in order with what a list shows: cards, bylines and numbers of comments.

    ``also`` names more fields, for a queryset of one model.
    """
    pages = for_cards(queryset, *also)
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
        return load_by_type(list(queryset.values_list("pk", "content_type_id")), whole=whole)
    pages = list(queryset if whole else queryset.only(*listed_fields(queryset.model), *also))
    share_site_root_paths(pages)
    return pages


def load_by_type(rows: Sequence[tuple[int, int]], *, whole: bool = False) -> list[Any]:
    """Return the pages with these keys and content types in their order; one query for each type."""
    keys = defaultdict(list)
    for pk, content_type in rows:
        keys[content_type].append(pk)
    found: dict[int, Any] = {}
    for content_type, group in keys.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class() or Page
        some = model._default_manager.filter(pk__in=group).order_by()
        found |= {page.pk: page for page in (some if whole else some.only(*listed_fields(model)))}
    pages = [found[pk] for pk, _content_type in rows if pk in found]
    share_site_root_paths(pages)
    return pages


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
        rows = Authorship.objects.filter(page__in=bylines).select_related("author").order_by("sort_order")
        for authorship in rows.defer("author__biography"):
            bylines[authorship.page_id].append(authorship)
    for page in pages:
        page.byline = bylines[page.pk]


def attach_topics(pages: list[Any]) -> None:
    """Give each page its ``topics``; one query, whatever their types."""
    topics: dict[int, list[Any]] = {page.pk: [] for page in pages}
    if topics:
        for link in TopicLink.objects.filter(page__in=topics).select_related("topic").order_by("sort_order"):
            topics[link.page_id].append(link.topic)
    for page in pages:
        page.topics = topics[page.pk]
