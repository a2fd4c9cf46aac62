"""What a page tells programs in its head: tags for previews, and data in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from publishing.models import Authorship

Picture = dict[str, Any]
# Whatever ends a script or starts a comment in HTML is written as JSON writes it, too.
ESCAPED = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def script(said: dict[str, Any]) -> SafeString:
    """Return ``said`` as JSON that is safe between script tags, empty values left out."""
    return mark_safe(json.dumps(filled(said), ensure_ascii=False).translate(ESCAPED))  # noqa: S308


def filled(said: Any) -> Any:
    """Return ``said`` without what is empty, at any depth."""
    if isinstance(said, dict):
        return {name: filled(value) for name, value in said.items() if value not in (None, "", [], {})}
    return [filled(value) for value in said] if isinstance(said, list) else said


def absolute(address: str) -> str:
    return f"{settings.BASE_URL}{address}" if address.startswith("/") else address


def people(byline: list[Authorship]) -> list[dict[str, Any]]:
    return [
        {
            "@type": "Person",
            "name": authorship.name,
            "url": absolute(authorship.url),
            "sameAs": authorship.author.orcid_url,
            "affiliation": authorship.organisation
            and {"@type": "Organization", "name": authorship.organisation},
        }
        for authorship in byline
    ]


def article(page: Any) -> dict[str, Any]:
    """Return what every published page tells of itself; kinds of their own add to it."""
    address, picture = page.full_url, page.sharing_picture
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "description": page.search_description or page.introduction,
        "url": address,
        "mainEntityOfPage": address,
        "author": people(page.byline),
        "publisher": {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME, "url": settings.BASE_URL},
        "datePublished": page.posted_on.isoformat() if page.posted_on else "",
        "dateModified": modified(page),
        "image": picture["url"] if picture else "",
        "keywords": [topic.name for topic in page.topics],
        "inLanguage": settings.LANGUAGE_CODE,
    }


def modified(page: Any) -> str:
    """Return the day of the last substantial change, as readers are told it."""
    if page.last_change:
        return page.last_change.changed_on.isoformat()
    return page.posted_on.isoformat() if page.posted_on else ""


def open_graph(page: Any) -> Iterator[tuple[str, Any]]:
    """Yield property and content of the tags from which a shared link gets its preview."""
    yield "og:type", "article"
    yield "og:site_name", settings.WAGTAIL_SITE_NAME
    yield "og:title", page.seo_title or page.title
    yield "og:description", page.search_description or page.introduction
    yield "og:url", page.full_url
    if picture := page.sharing_picture:
        yield "og:image", picture["url"]
        yield "og:image:width", picture["width"]
        yield "og:image:height", picture["height"]
        yield "og:image:alt", picture["alt"]
    yield "article:published_time", page.posted_on.isoformat() if page.posted_on else ""
    for authorship in page.byline:
        yield "article:author", absolute(authorship.url)
    for topic in page.topics:
        yield "article:tag", topic.name
