"""The site of a request, which every page asks for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from wagtail.models import Page, Site

from pagecache.kept_values import kept

Row = tuple[tuple[str, ...], tuple[Any, ...]]  # names and values of the fields of one row


def site_of(request: HttpRequest) -> Site | None:
    """Return what ``Site.find_for_request`` does, which finds it at the request from then on.

    The rows are kept for as long as neither sites nor pages change; each request has models of its own.
    """
    if not hasattr(request, "_wagtail_site"):
        try:
            key = ("site", request.get_host(), port := request.get_port())
        except DisallowedHost:  # such hosts are without number
            return Site.find_for_request(request)
        if port not in known_ports():  # a client can make up thousands
            return Site.find_for_request(request)
        rows = kept(key, lambda: find_site(request))
        vars(request)["_wagtail_site"] = from_rows(*rows) if rows else None
    return Site.find_for_request(request)


def known_ports() -> set[str]:
    return {"80", "443", str(urlsplit(settings.BASE_URL).port)}


def find_site(request: HttpRequest) -> tuple[Row, Row] | None:
    site = Site._find_for_request(request)
    return (row_of(site), row_of(site.root_page)) if site else None


def row_of(instance: Site | Page) -> Row:
    names = tuple(field.attname for field in instance._meta.concrete_fields)
    return names, tuple(getattr(instance, name) for name in names)


def from_rows(site_row: Row, page_row: Row) -> Site:
    site = Site.from_db("default", *site_row)
    site.root_page = Page.from_db("default", *page_row)
    return site
