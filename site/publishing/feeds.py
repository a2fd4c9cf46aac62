"""Atom feeds of published pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from public_forms.printable_text import printable
from publishing.models import Topic, all_pages
from publishing.models.published import for_listing

MAX_ITEMS = 20


class AtomFeed(Atom1Feed):
    """Atom that survives rows written before texts were cleaned: some characters have no place in XML."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.feed = {name: printable_if_text(value) for name, value in self.feed.items()}

    def add_item(self, *args: Any, **kwargs: Any) -> None:
        super().add_item(*args, **kwargs)
        self.items[-1] = {name: printable_if_text(value) for name, value in self.items[-1].items()}


def printable_if_text(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [printable_if_text(one) for one in value]
    return printable(str(value)) if isinstance(value, str | Promise) else value


class PagesFeed(Feed):
    """Newest pages first, each with its introduction, authors and topics."""

    feed_type = AtomFeed
    title: Any = _("New on Colloquy")

    def items(self, obj: Any = None) -> list[Any]:
        return for_listing(self.pages(obj)[:MAX_ITEMS])

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

    def item_author_name(self, item: Any) -> str:
        return ", ".join(str(authorship.author) for authorship in item.byline)

    def item_categories(self, item: Any) -> list[str]:
        return [topic.name for topic in item.topics]

    def item_guid(self, item: Any) -> str:
        return item.full_url


class TopicFeed(PagesFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Topic:
        return get_object_or_404(Topic, slug=slug)

    def title(self, obj: Any = None) -> str:
        return gettext("%(topic)s on Colloquy") % {"topic": obj.name}

    def link(self, obj: Any = None) -> str:
        return f"{settings.BASE_URL}{obj.get_absolute_url()}"

    def pages(self, obj: Any) -> Any:
        return all_pages().published().publications().about(obj)
