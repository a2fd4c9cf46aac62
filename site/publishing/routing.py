"""Finds the page of an address: one query for the whole path, where Wagtail asks at every level."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from pagecache.dependencies import Dependencies
from pagecache.kept_values import noted
from publishing.current_site import site_of


@cache
def is_restricted() -> Exists:
    """Return the condition that a page is private itself. Built once; models must be loaded."""
    return Exists(PageViewRestriction.objects.filter(page=OuterRef("pk")))


@cache
def is_private() -> Exists:
    """Return the condition that a page or one above it is private: no query of its own, unlike Wagtail's."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(PageViewRestriction.objects.alias(at=path).filter(at__startswith=F("page__path")))


class RoutedPage:
    """The part of a page model that remembers what finding the page has shown; comes before ``Page``."""

    loaded_with: tuple[str, ...] = ()  # foreign keys of the model that its page always shows
    is_known_unrestricted = False  # neither the page nor one above it is private
    loaded_from: Dependencies | None = None  # what was read to find the page; None for a draft

    @cached_property
    def for_parts(self) -> Any:
        """Return this page with nothing loaded that its ``loaded_from`` doesn't know: for values to keep."""
        page = copy(self)
        for name in [
            name for name in vars(page) if isinstance(getattr(type(self), name, None), cached_property)
        ]:
            del vars(page)[name]
        return page

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        if self.is_known_unrestricted:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()  # type: ignore[misc]


def find_page(request: HttpRequest, slugs: list[str]) -> RouteResult | None:
    """Return what ``Page.route_for_request`` does: the page, and how it is served; None for a 404.

    Three queries at most: the site, all pages of the path, and the last of them as its own model. The
    site's own root needs no second one.
    """
    site = site_of(request)
    if site is None:
        return None
    with noted() as dependencies:
        chain = find_chain(site.root_page, slugs) if slugs else [site.root_page]
        # The first that knows addresses below its own decides about the rest, as in Wagtail.
        place = next((n for n, page in enumerate(chain) if routes_itself(page)), len(chain) - 1)
        page, rest = chain[place], slugs[place:]
        if rest and not routes_itself(page):
            return None
        specific = load(page)
    vars(specific)["loaded_from"] = dependencies
    share_site_root_paths([*chain, specific, request])
    try:
        return specific.route(request, rest)
    except Http404:
        return None


def routes_itself(page: Page) -> bool:
    return getattr(page.specific_class, "route", Page.route) is not Page.route


def find_chain(root: Page, slugs: list[str]) -> list[Page]:
    """Return ``root`` and the pages below it that ``slugs`` lead to, as far as there are any; one query."""
    above = [root.path[:end] for end in range(Page.steplen, len(root.path) + 1, Page.steplen)]
    below = Q(
        path__startswith=root.path, slug__in=slugs, depth__range=(root.depth + 1, root.depth + len(slugs))
    )
    rows = Page.objects.filter(Q(path__in=above) | below).order_by()
    pages = {page.path: page for page in rows.annotate(is_restricted=is_restricted())}
    by_parent = {(page.path[: -Page.steplen], page.slug): page for page in pages.values()}
    chain = [pages[root.path]]
    for slug in slugs:
        child = by_parent.get((chain[-1].path, slug))
        if child is None:
            break
        child._cached_parent_obj = chain[-1]
        chain.append(child)
    is_open = not any(pages[path].is_restricted or pages[path].alias_of_id for path in above)
    for page in chain:
        is_open = is_open and not page.is_restricted and not page.alias_of_id
        vars(page)["is_known_unrestricted"] = is_open
    return chain


def load(page: Page) -> Any:
    """Return ``page`` as its own model, with what its template always shows; one query."""
    model: Any = page.specific_class
    if model is None or model is Page:
        return page
    known = model._default_manager.select_related(*getattr(model, "loaded_with", ()))
    if "is_known_unrestricted" in vars(page):
        specific = known.get(pk=page.pk)
    else:
        specific = known.annotate(has_restriction=is_private()).get(pk=page.pk)
        is_alias = specific.alias_of_id or specific.depth > 2  # or below one, perhaps
        vars(specific)["is_known_unrestricted"] = not (specific.has_restriction or is_alias)
    for name in ("_cached_parent_obj", "is_known_unrestricted"):
        if name in vars(page):
            vars(specific)[name] = vars(page)[name]
    return specific


def share_site_root_paths(those: Sequence[Any]) -> None:
    """Let pages and requests know the sites, for which each would ask the cache anew to make an address."""
    if those:
        paths = Site.get_site_root_paths()
        for one in those:
            one._wagtail_cached_site_root_paths = paths
