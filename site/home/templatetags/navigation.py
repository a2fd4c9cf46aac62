"""The site's main navigation: what editors put in menus, and the discussion."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from publishing.models import all_pages

register = template.Library()

Link = tuple[str, str]  # title and address


@register.inclusion_tag("home/navigation.html", takes_context=True)
def navigation(context: dict[str, Any]) -> dict[str, Any]:
    """Show the menu, with the link to where the reader is marked."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    here = request.path if request else ""
    menu = list(menu_links(site, request)) if site else []
    menu.insert(2, (_("Discussion"), reverse("discussion")))
    return {"links": [{"title": title, "url": url, "current": current(url, here)} for title, url in menu]}


def menu_links(site: Site, request: HttpRequest | None = None) -> tuple[Link, ...]:
    """Return the front page's children that are shown in menus; one query."""
    children = all_pages().child_of(site.root_page).live().public().in_menu()
    # What a page needs to know its address.
    pages = children.only("title", "url_path")
    return tuple((page.title, page.get_url(request, site) or "") for page in pages)


def current(url: str, here: str) -> str:
    """Return what aria-current says of a link."""
    return "page" if url == here else "true" if here.startswith(url) else ""
