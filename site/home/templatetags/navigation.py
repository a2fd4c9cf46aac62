"""The site's main navigation: what editors put in menus, and the discussion."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

register = template.Library()


@register.inclusion_tag("home/navigation.html", takes_context=True)
def navigation(context: dict[str, Any]) -> dict[str, Any]:
    """List the front page's children that are shown in menus, then the discussion; one query."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    here = request.path if request else ""
    links = []
    if site is not None:
        menu = site.root_page.get_children().live().public().in_menu().defer_streamfields()
        links = [{"title": page.title, "url": page.get_url(request, site)} for page in menu]
    links.insert(2, {"title": _("Discussion"), "url": reverse("discussion")})
    for link in links:
        link["current"] = "page" if link["url"] == here else "true" if here.startswith(link["url"]) else ""
    return {"links": links}
