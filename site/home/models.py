"""The home page and content pages such as About."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from blog.models import Post
from discussion.threads.activity import most_active
from pagecache.kept_values import kept
from papers.models import Paper
from publishing.blocks import BodyBlock
from publishing.cards import Card, Link, cards_of
from publishing.models import Topic
from publishing.models.listing import for_cards, for_listing
from publishing.routing import RoutedPage

MAX_POSTS, MAX_PAPERS, MAX_DISCUSSIONS = 4, 6, 4


class HomePage(RoutedPage, Page):
    """The home page: newest posts, newest papers, active discussions."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        newest = Post.objects.published().select_related("lead_image")[:MAX_POSTS]
        posts = for_listing(newest, "lead_image", "body")
        return super().get_context(request, *args, **kwargs) | {
            "lead": posts[0] if posts else None,
            "posts": cards_of(posts[1:]),
            "papers": kept(("newest papers", get_language()), newest_papers),
            "discussions": most_active(MAX_DISCUSSIONS),
            "topics": kept(("topics in use",), topics_in_use),
        }


def newest_papers() -> tuple[Card, ...]:
    return cards_of(for_cards(Paper.objects.published()[:MAX_PAPERS]))


def topics_in_use() -> tuple[Link, ...]:
    """Return the topics that any published page has, by name."""
    topics = Topic.objects.filter(page_links__page__live=True).distinct()
    return tuple(Link(topic.name, topic.url) for topic in topics)


class ContentPage(RoutedPage, Page):
    """A page of text outside the lists: About, Accessibility, Privacy, House rules."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    kind = "plain"

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
