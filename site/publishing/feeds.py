"""Atom feeds of published pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.xmlutils import SimplerXMLGenerator

from public_forms.printable_text import printable_data
from publishing.models import Topic, all_pages
from publishing.models.listing import for_feed

MAX_ITEMS = 20
EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)  # the date of a feed without entries
# In the attributes of HTML, and within srcset after a comma.
SITE_ADDRESS = re.compile(r"""((?:\s(?:href|src|srcset)=["']|,\s))/(?!/)""")


class AtomFeed(Atom1Feed):
    """Atom (RFC 4287) with one element for each author, whole contents, and a steady date while it is empty.

    It survives rows written before texts were cleaned: some characters have no
    place in XML. Items take ``authors``, a list of names, ``content``, HTML, and
    ``files``, each an address, its length in bytes or 0, and its type.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.feed = printable_data(self.feed)
        self.feed["author_name"] = settings.WAGTAIL_SITE_NAME  # of entries that name nobody

    def add_item(self, *args: Any, **kwargs: Any) -> None:
        for name in ("pubdate", "updateddate"):
            if moment := kwargs.get(name):
                kwargs[name] = localtime(moment)
        super().add_item(*args, **kwargs)
        self.items[-1] = printable_data(self.items[-1])

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] or item["pubdate"] for item in self.items]
        return max((moment for moment in dates if moment), default=EMPTY_SINCE)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item.get("authors") or []:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        for url, length, media_type in item.get("files") or []:
            known = {"length": str(length)} if length else {}
            handler.addQuickElement(
                "link", "", {"rel": "enclosure", "href": url, "type": media_type, **known}
            )
        if content := item.get("content"):
            handler.addQuickElement("content", content, {"type": "html"})


def tag_uri(kind: str, pk: int, since: datetime | None) -> str:
    """Return an id that outlives renames and moves (RFC 4151)."""
    day = localtime(since or EMPTY_SINCE).date().isoformat()
    return f"tag:{settings.HOST},{day}:{kind}/{pk}"


def absolute_addresses(html: str) -> str:
    """Return ``html`` with the addresses of this site in full: a feed is read elsewhere."""
    return SITE_ADDRESS.sub(rf"\1{settings.BASE_URL}/", html)


class PagesFeed(Feed):
    """Newest pages first, each with its introduction, authors and topics."""

    feed_type = AtomFeed
    title: Any = _("New on Colloquy")

    def items(self, obj: Any = None) -> list[Any]:
        return for_feed(self.pages(obj)[:MAX_ITEMS])

    def pages(self, obj: Any) -> Any:
        return all_pages().published().publications()

    def link(self, obj: Any = None) -> str:
        return f"{settings.BASE_URL}/"

    def feed_url(self, obj: Any = None) -> str:
        return f"{self.link(obj)}feed/"

    def item_title(self, item: Any) -> str:
        return item.title

    def item_description(self, item: Any) -> str:
        return item.introduction

    def item_link(self, item: Any) -> str:
        return item.full_url

    def item_pubdate(self, item: Any) -> datetime:
        return item.posted_on

    def item_updateddate(self, item: Any) -> datetime:
        return item.last_published_at or item.posted_on

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        authors = [str(authorship.author) for authorship in item.byline]
        content = absolute_addresses(item.feed_content)
        return {"authors": authors, "content": content, "files": item.feed_files}

    def item_categories(self, item: Any) -> list[str]:
        return [topic.name for topic in item.topics]

    def item_guid(self, item: Any) -> str:
        return tag_uri("page", item.pk, item.first_published_at)


class TopicFeed(PagesFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Topic:
        return get_object_or_404(Topic, slug=slug)

    def title(self, obj: Any = None) -> str:
        return gettext("%(topic)s on Colloquy") % {"topic": obj.name}

    def link(self, obj: Any = None) -> str:
        return f"{settings.BASE_URL}{obj.get_absolute_url()}"

    def pages(self, obj: Any) -> Any:
        return all_pages().published().publications().about(obj)
