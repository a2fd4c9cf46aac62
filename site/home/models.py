"""The home page and content pages such as About."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageQuerySet
from wagtail.search import index

from blog.models import Post
from discussion.models import Comment
from discussion.threads.activity import most_active
from pagecache.kept_values import kept
from papers.models import Paper
from publishing.blocks import BodyBlock
from publishing.cards import Card, Link, cards_of
from publishing.models import Topic, all_pages
from publishing.models.listing import attach_bylines, for_cards
from publishing.routing import RoutedPage
from publishing.templatetags.site_images import site_image

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
        newest = kept(("newest pages", get_language()), newest_pages)
        comments = Comment.objects.counts_by_page(newest.post_ids) if newest.post_ids else {}
        posts = [
            card._replace(comment_count=comments.get(pk, 0))
            for pk, card in zip(newest.post_ids, newest.posts, strict=True)
        ]
        return super().get_context(request, *args, **kwargs) | {
            "lead": newest.lead._replace(card=posts[0]) if newest.lead else None,
            "posts": posts[1:],
            "papers": newest.papers,
            "discussions": most_active(MAX_DISCUSSIONS),
            "topics": kept(("topics in use",), topics_in_use),
        }


class Lead(NamedTuple):
    """The newest post, large: its card, its image as HTML and how its text begins."""

    card: Card
    picture: str
    opening: str


class NewestPages(NamedTuple):
    """What the home page shows of posts and papers; comments are not counted yet."""

    lead: Lead | None  # with the first of the posts
    post_ids: tuple[int, ...]
    posts: tuple[Card, ...]
    papers: tuple[Card, ...]


def newest_pages() -> NewestPages:
    """Return the newest posts and papers, found together; three queries, and those for the lead's image."""
    pages = for_cards(newest_queryset(), "post__lead_image", "post__body")
    posts = [page for page in pages if isinstance(page, Post)]
    attach_bylines(posts)
    cards = cards_of(posts)
    return NewestPages(
        lead=Lead(cards[0], lead_picture(posts[0]), posts[0].opening) if posts else None,
        post_ids=tuple(post.pk for post in posts),
        posts=cards,
        papers=cards_of(page for page in pages if isinstance(page, Paper)),
    )


@cache
def newest_queryset() -> PageQuerySet:
    """Return the query for the newest posts and papers; to build it takes longer than to run it."""
    wanted = Q(pk__in=Post.objects.published().values("pk")[:MAX_POSTS])
    wanted |= Q(pk__in=Paper.objects.published().values("pk")[:MAX_PAPERS])
    newest_first = all_pages().filter(wanted).order_by("-first_published_at", "-pk")
    return newest_first.select_related("post__lead_image")


def lead_picture(post: Post) -> str:
    return site_image(post.lead_image, "front", **{"class": "lead__picture", "alt": ""})


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
