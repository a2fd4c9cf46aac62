"""The other pages that a page shows: related ones, those its body leads to, its neighbors."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, PageQuerySet

from publishing.cards import Link
from publishing.models.listing import prefetch_for_cards, specific_pages, with_own_models
from publishing.models.related import Related
from publishing.routing import share_site_root_paths


class Found(NamedTuple):
    """What every page beside another shows of itself."""

    pk: int
    content_type: int
    title: str
    url_path: str
    first_published_at: datetime


class Beside(NamedTuple):
    related: list[Any]  # pages as cards show them, newest first
    others: dict[int, Any]  # those asked for by their keys, as far as they are public
    neighbors: list[Found]  # all that was found, newest first


def load_beside(
    page: Page, published: PageQuerySet, *, keys: Collection[int], also: Q | None = None
) -> Beside:
    """Find among ``published`` what is related to ``page``, what has one of ``keys``, and ``also`` others.

    As many queries as ``for_cards`` needs.
    """
    ours = Related.objects.filter(page=page).values("other")
    theirs = Related.objects.filter(other=page).values("page")
    wanted = Q(pk__in=ours) | Q(pk__in=theirs)
    if keys:
        wanted |= Q(pk__in=keys)
    if also is not None:
        wanted |= also
    link = Q(page=page, other=OuterRef("pk")) | Q(page=OuterRef("pk"), other=page)
    rows = published.filter(wanted).annotate(is_related=Exists(Related.objects.filter(link)))
    found = list(with_own_models(rows))
    shown = specific_pages(one for one in found if one.is_related or one.pk in keys)
    prefetch_for_cards(shown)
    pages = {one.pk: one for one in shown}
    return Beside(
        related=[pages[one.pk] for one in found if one.is_related and one.pk in pages],
        others={pk: pages[pk] for pk in keys if pk in pages},
        neighbors=[
            Found(one.pk, one.content_type_id, one.title, one.url_path, one.first_published_at)
            for one in found
        ],
    )


def link_to(found: Found | None) -> Link | None:
    if found is None:
        return None
    page = Page(pk=found.pk, url_path=found.url_path)
    share_site_root_paths([page])
    return Link(found.title, page.url or "")
