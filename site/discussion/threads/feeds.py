"""Atom feeds of comments: on the whole site, and under one page."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.models import Page

from discussion.models import Comment, CommentQuerySet
from publishing.feeds import AtomFeed, absolute_addresses, tag_uri

MAX_ITEMS = 30


class LatestFeed(Feed):
    """The newest comments on public pages; names, never addresses."""

    feed_type = AtomFeed

    def title(self, obj: Page | None = None) -> str:
        return gettext("Latest comments on Colloquy")

    def comments(self, obj: Page | None) -> CommentQuerySet:
        return Comment.objects.published().on_public_pages()

    def items(self, obj: Page | None = None) -> list[Comment]:
        comments = self.comments(obj).newest_first().with_authors().select_related("page", "user")
        return list(comments[:MAX_ITEMS])

    def link(self, obj: Page | None = None) -> str:
        return f"{settings.BASE_URL}/discussion/"

    def feed_url(self, obj: Page | None = None) -> str:
        return f"{self.link(obj)}feed/"

    def item_title(self, item: Comment) -> str:
        return gettext("%(name)s on “%(title)s”") % {"name": item.name, "title": item.page.title}

    def item_description(self, item: Comment) -> str:
        # A reader of feeds knows no page that an address could be relative to.
        return absolute_addresses(item.html)

    def item_link(self, item: Comment) -> str:
        return f"{settings.BASE_URL}{item.get_absolute_url()}"

    def item_guid(self, item: Comment) -> str:
        return tag_uri("comment", item.pk, item.submit_date)

    def item_author_name(self, item: Comment) -> str:
        return item.name

    def item_pubdate(self, item: Comment) -> datetime:
        return item.submit_date

    def item_updateddate(self, item: Comment) -> datetime:
        return item.edited_at or item.submit_date


class PageFeed(LatestFeed):
    """The newest comments under one page, which asks for it itself and so has checked who may read it."""

    def get_object(self, request: HttpRequest, *, page: Page) -> Page:
        return page

    def title(self, obj: Page | None = None) -> str:
        assert obj is not None
        return gettext("Comments on “%(title)s”") % {"title": obj.title}

    def link(self, obj: Page | None = None) -> str:
        assert obj is not None
        return obj.full_url

    def comments(self, obj: Page | None) -> CommentQuerySet:
        return Comment.objects.published().filter(page=obj)
