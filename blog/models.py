"""Posts and the index they are listed on."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from discussion.threads.activity import attach_comment_counts
from discussion.threads.commentable import Commentable
from publishing.blocks import BodyBlock, opening_paragraph
from publishing.body import card_targets, give_cards, load_cards, render_body
from publishing.cards import Link
from publishing.images.usages import filters_of
from publishing.index_pages import IndexPage
from publishing.models import Published
from publishing.models.beside import link_to
from publishing.models.published import PublishedManager
from publishing.schema_org import absolute_url


class PostTag(TaggedItemBase):
    """A tag of a post; unlike topics, authors may add new ones."""

    content_object = ParentalKey("blog.Post", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of a post")
        verbose_name_plural = _("tags of posts")


class PostIndex(IndexPage):
    """All posts, newest first, filtered by topic, tag, author, year and month."""

    subpage_types = ["blog.Post"]

    class Meta:
        verbose_name = _("list of posts")
        verbose_name_plural = _("lists of posts")


class Post(RoutablePageMixin, Commentable, Published):
    """One article."""

    lead_image = models.ForeignKey(
        "publishing.SiteImage",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    tags = ClusterTaggableManager(through=PostTag, blank=True, verbose_name=_("tags"))

    objects = PublishedManager()

    kind = "post"
    kind_label = _("Post")
    loaded_with = ("lead_image",)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        Published.byline_panel,
        FieldPanel("lead_image"),
        FieldPanel("body"),
        Published.topics_panel,
        Published.audiences_panel,
        FieldPanel("tags"),
        Published.related_panel,
        Published.dates_panel,
    ]
    settings_panels = [*Page.settings_panels, *Commentable.panels]
    search_fields = [
        *Page.search_fields,
        *Published.search_fields,
        index.SearchField("body"),
        index.FilterField("first_published_at"),
    ]
    parent_page_types = ["blog.PostIndex"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    @classmethod
    def prefetch_for_listing(cls, pages: list[Any]) -> None:
        attach_comment_counts(pages)

    @classmethod
    def prefetch_for_feed(cls, pages: list[Any]) -> None:
        models.prefetch_related_objects(pages, "lead_image__renditions")
        load_cards([page.body for page in pages])

    @cached_property
    def share_image(self) -> dict[str, Any] | None:
        if self.lead_image is None:
            return None
        image = next(iter(self.lead_image.ready_renditions(*filters_of("shared")).values()), None)
        if image is None:  # a task has yet to make it
            return None
        return {
            "url": absolute_url(image.url),
            "width": image.width,
            "height": image.height,
            "alt": self.lead_image.description,
        }

    @property
    def feed_content(self) -> str:
        """Return the body as HTML, as a feed carries it."""
        return str(self.body)

    @property
    def feed_files(self) -> list[tuple[str, int, str]]:
        """Return the address of the lead image, if there is one, its length (0: not known) and its type."""
        picture = self.share_image
        return [(picture["url"], 0, "image/jpeg")] if picture else []

    @property
    def opening(self) -> str:
        """Return the text of the first paragraphs, for the home page."""
        return opening_paragraph(self.body)

    @cached_property
    def tag_links(self) -> tuple[Link, ...]:
        """Return the tags as a row of links into the index."""
        index = self.get_parent().get_url() or "/"
        return tuple(Link(tag.name, f"{index}?tag={tag.slug}") for tag in self.tags.all())

    def also_beside(self) -> dict[str, Any]:
        keys = card_targets([self.body])
        at = self.first_published_at
        if at is None:
            return {"keys": keys}
        others = Post.objects.sibling_of(self, inclusive=False).published()
        before = others.filter(first_published_at__lt=at).values("pk")[:1]
        after = others.filter(first_published_at__gt=at).order_by("first_published_at", "pk").values("pk")[:1]
        return {"keys": keys, "also": models.Q(pk__in=before) | models.Q(pk__in=after)}

    @property
    def body_html(self) -> SafeString:
        give_cards(self.body, self.beside.others.values())
        return render_body(self.body)

    @property
    def neighbors(self) -> dict[str, Link | None]:
        """Return the posts published before and after this one."""
        at, kind = self.first_published_at, self.content_type_id
        posts = [page for page in self.beside.neighbors if page.content_type == kind]
        before = next((page for page in posts if at and page.first_published_at < at), None)
        after = next((page for page in reversed(posts) if at and page.first_published_at > at), None)
        return {"previous": link_to(before), "next": link_to(after)}
