"""Metadata in a page's head: Open Graph tags for link previews, and schema.org data as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from publishing.templatetags.times import machine_time

# Everything that ends a script element or starts a comment in HTML, as JSON escapes.
ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


class Identified(Protocol):
    """A person, who may have an ORCID iD, or an organization."""

    @property
    def orcid_url(self) -> str: ...

    @property
    def is_organization(self) -> bool: ...


class Credited(Protocol):
    """One name of a byline."""

    @property
    def name(self) -> str: ...

    @property
    def url(self) -> str: ...

    @property
    def organisation(self) -> str: ...

    @property
    def author(self) -> Identified: ...


def script(data: dict[str, Any]) -> SafeString:
    """Return ``data`` as JSON that is safe inside a script element, empty values left out."""
    return mark_safe(json.dumps(drop_empty(data), ensure_ascii=False).translate(ESCAPES))  # noqa: S308


def drop_empty(data: Any) -> Any:
    """Return ``data`` without empty values, at any depth."""
    if isinstance(data, dict):
        return {name: drop_empty(value) for name, value in data.items() if value not in (None, "", [], {})}
    return [drop_empty(value) for value in data] if isinstance(data, list) else data


def absolute_url(url: str) -> str:
    """Return ``url`` with scheme and host, which it may have already."""
    return f"{settings.BASE_URL}{url}" if url.startswith("/") else url


def people(byline: Iterable[Credited]) -> list[dict[str, Any]]:
    return [
        {
            "@type": "Organization" if authorship.author.is_organization else "Person",
            "name": authorship.name,
            "url": absolute_url(authorship.url),
            "sameAs": authorship.author.orcid_url,
            "affiliation": authorship.organisation
            and {"@type": "Organization", "name": authorship.organisation},
        }
        for authorship in byline
    ]


def article(page: Any) -> dict[str, Any]:
    """Return the schema.org Article that describes any published page."""
    url, image = page.full_url, page.share_image
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "description": page.search_description or page.introduction,
        "url": url,
        "mainEntityOfPage": url,
        "author": people(page.byline),
        "publisher": {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME, "url": settings.BASE_URL},
        "datePublished": machine_time(page.posted_on),
        "dateModified": date_modified(page),
        "image": image["url"] if image else "",
        "keywords": [topic.name for topic in page.topics],
        "inLanguage": settings.LANGUAGE_CODE,
    }


def date_modified(page: Any) -> str:
    """Return the date of the last substantial change, the one shown as "Updated on"."""
    if page.last_change:
        return machine_time(page.last_change.changed_on)
    return machine_time(page.posted_on)


def open_graph(page: Any) -> Iterator[tuple[str, Any]]:
    """Yield property and content of the Open Graph tags, from which link previews are made."""
    yield "og:type", "article"
    yield "og:site_name", settings.WAGTAIL_SITE_NAME
    yield "og:title", page.seo_title or page.title
    yield "og:description", page.search_description or page.introduction
    yield "og:url", page.full_url
    if image := page.share_image:
        yield "og:image", image["url"]
        yield "og:image:width", image["width"]
        yield "og:image:height", image["height"]
        yield "og:image:alt", image["alt"]
    yield "article:published_time", machine_time(page.posted_on)
    for authorship in page.byline:
        yield "article:author", absolute_url(authorship.url)
    for topic in page.topics:
        yield "article:tag", topic.name
