"""The site's main navigation: what editors put in menus, and the discussion."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from pagecache.kept_values import kept
from publishing.current_site import site_of
from publishing.models import all_pages
from publishing.routing import share_site_root_paths

register = template.Library()

Link = tuple[str, str]  # title and address


@register.inclusion_tag("home/navigation.html", takes_context=True)
def navigation(context: dict[str, Any]) -> dict[str, Any]:
    """Show the menu, with the link to where the reader is marked."""
    request = context.get("request")
    site = site_of(request) if request else None
    here = request.path if request else ""
    menu = list(kept(("menu", site.pk), partial(menu_links, site))) if site else []
    menu.insert(2, (_("Discussion"), reverse("discussion")))
    return {"links": [{"title": title, "url": url, "current": current(url, here)} for title, url in menu]}


def menu_links(site: Site) -> tuple[Link, ...]:
    """Return the front page's children that are shown in menus; one query."""
    children = all_pages().child_of(site.root_page).live().public().in_menu()
    # What a page needs to know its address.
    pages = list(children.only("title", "url_path").order_by("path"))
    share_site_root_paths(pages)
    return tuple((page.title, page.get_url(current_site=site) or "") for page in pages)


def current(url: str, here: str) -> str:
    """Return what aria-current says of a link."""
    return "page" if url == here else "true" if here.startswith(url) else ""
