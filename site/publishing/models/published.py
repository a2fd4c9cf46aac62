"""The base class of posts and papers, and the querysets of published pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from publishing import schema_org
from publishing.cards import Card, Link, cards_of
from publishing.models.audiences import AudiencesField
from publishing.models.authors import Author, Authorship
from publishing.models.beside import Beside, load_beside
from publishing.models.changes import Change
from publishing.models.listing import for_listing as for_listing  # also to be had from here
from publishing.models.topics import Topic
from publishing.routing import RoutedPage, is_private

# Paths below pages and index pages; a page with such a slug could not be reached.
RESERVED_SLUGS = {"feed", "download", "read", "editions", "cite", "copies"}


class PublishedQuerySet(PageQuerySet):
    """Pages, filtered in the site's own terms."""

    def public(self) -> PublishedQuerySet:
        return self.exclude(is_private())

    def published(self) -> PublishedQuerySet:
        """Keep what anybody may read, newest first. The only definition of "published"."""
        return (
            self.live()
            .public()
            .filter(first_published_at__isnull=False)
            .order_by("-first_published_at", "-pk")
        )

    def publications(self) -> PublishedQuerySet:
        """Keep posts and papers, not index pages or content pages."""
        return self.type(tuple(Published.publication_types()))

    def about(self, topic: Topic) -> PublishedQuerySet:
        return self.filter(topic_links__topic=topic)

    def by(self, author: Author) -> PublishedQuerySet:
        return self.filter(authorships__author=author)

    def written_for(self, audience: str) -> PublishedQuerySet:
        """Keep what is written for ``audience``; as text, since SQLite can't look into JSON lists."""
        as_text = Cast("audiences", models.TextField())
        return self.annotate(written_for=as_text).filter(written_for__contains=f'"{audience}"')


def all_pages() -> PublishedQuerySet:
    """Return all pages of every type as a PublishedQuerySet."""
    return PublishedQuerySet(Page)


PublishedManager = PageManager.from_queryset(PublishedQuerySet)


class Published(RoutedPage, Page):
    """Introduction, byline, dates, topics and relations of a published page.

    "Posted on" is Wagtail's own ``first_published_at``, so that one query over
    ``Page`` sorts every kind; editors may set it back.
    """

    introduction = models.TextField(
        _("introduction"),
        max_length=600,
        blank=True,
        help_text=_("One to three sentences, shown in lists and below the title."),
    )

    audiences = AudiencesField(_("written for"), help_text=_("Leave empty if it is for everyone."))

    class Meta:
        abstract = True

    # The name of the page type: as a stored value, and as lists show it.
    kind = ""
    kind_label: Any = ""

    byline_panel = MultipleChooserPanel(
        "authorships", chooser_field_name="author", heading=_("Authors"), label=_("author")
    )
    audiences_panel = FieldPanel("audiences")
    topics_panel = MultipleChooserPanel(
        "topic_links", chooser_field_name="topic", heading=_("Topics"), label=_("topic")
    )
    related_panel = MultipleChooserPanel(
        "related_links",
        chooser_field_name="other",
        heading=_("Related pages"),
        label=_("page"),
        help_text=_("The link is shown on both pages."),
    )
    dates_panel = MultiFieldPanel(
        [
            FieldPanel(
                "first_published_at",
                heading=_("Posted on"),
                help_text=_("Set when the page is first published. You can enter an earlier date."),
            ),
            HelpPanel(_("Add only substantial changes. Readers see “Updated on” and your note.")),
            InlinePanel("changes", label=_("substantial change")),
        ],
        heading=_("Dates"),
    )

    search_fields: list[index.BaseField] = [index.SearchField("introduction")]

    def get_absolute_url(self) -> str:
        return self.get_url() or "/"

    @staticmethod
    def publication_types() -> Iterable[type[Published]]:
        """Return every page model that inherits from this one."""
        return [model for model in Published.__subclasses__() if not model._meta.abstract]

    # Fields of the model that lists show; besides those of every page.
    listed_fields: tuple[str, ...] = ("introduction",)

    @classmethod
    def prefetch_for_cards(cls, pages: list[Any]) -> None:
        """Load, in a fixed number of queries, what a card shows of these pages."""

    @classmethod
    def prefetch_for_listing(cls, pages: list[Any]) -> None:
        """Load, in a fixed number of queries, what a list shows besides cards and bylines."""

    @classmethod
    def prefetch_for_feed(cls, pages: list[Any]) -> None:
        """Load, in a fixed number of queries, what a feed carries besides bylines and topics."""

    @property
    def cover(self) -> Any:
        """Return the image that lists show of this page, with url, width and height, or None."""
        return None

    @property
    def file_summary(self) -> str:
        """Return the page's file in words, for lists: "PDF, 24 pages, 1.2 MB"."""
        return ""

    @cached_property
    def share_image(self) -> dict[str, Any] | None:
        """Return the image of link previews: absolute url, width, height and alt."""
        return None

    def part_context(self, *, is_preview: bool) -> dict[str, Any]:
        """Return what the parts of the page show besides the page; see ``{% page_part %}``."""
        return {}

    @property
    def has_share_image(self) -> bool:
        return self.share_image is not None

    @property
    def open_graph_tags(self) -> tuple[tuple[str, Any], ...]:
        return tuple(schema_org.open_graph(self))

    @property
    def citation_meta_tags(self) -> tuple[tuple[str, str], ...]:
        """Return name and content of the meta tags for citation tools; only papers have any."""
        return ()

    @property
    def json_ld(self) -> SafeString:
        """Return the page's schema.org data, safe inside a script element."""
        return schema_org.script(schema_org.article(self))

    @cached_property
    def byline(self) -> list[Authorship]:
        return list(self.authorships.select_related("author__portrait"))

    @property
    def byline_links(self) -> tuple[Link, ...]:
        return tuple(Link(authorship.name, authorship.url) for authorship in self.byline)

    @cached_property
    def topics(self) -> list[Topic]:
        return [link.topic for link in self.topic_links.select_related("topic")]

    @property
    def topic_chips(self) -> tuple[Link, ...]:
        return tuple(Link(topic.name, topic.url) for topic in self.topics)

    @property
    def posted_on(self) -> datetime | None:
        return self.first_published_at

    @cached_property
    def all_changes(self) -> list[Change]:
        """Return the substantial changes, the newest first."""
        return list(self.changes.all())

    @property
    def change_notes(self) -> tuple[tuple[date, str], ...]:
        return tuple((change.changed_on, change.note) for change in self.all_changes)

    @property
    def last_change(self) -> Change | None:
        """Return the newest substantial change, whose date is shown as "Updated on"."""
        return max(self.all_changes, key=lambda change: change.changed_on, default=None)

    @cached_property
    def beside(self) -> Beside:
        """Return the other pages that this one shows."""
        if self.pk is None:  # a preview of what was never saved
            return Beside([], {}, [])
        return load_beside(self, all_pages().published(), **self.also_beside())

    def also_beside(self) -> dict[str, Any]:
        """Return the keys of more pages to show, and the condition for others; see ``load_beside``."""
        return {"keys": ()}

    @property
    def related(self) -> list[Page]:
        """Return related pages in both directions, as cards show them, newest first."""
        return self.beside.related

    @property
    def related_cards(self) -> tuple[Card, ...]:
        return cards_of(self.related)

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": _("The site uses “%(slug)s” itself. Choose another slug.") % {"slug": self.slug}}
            )

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [
            {
                "location": self.get_full_url(request),
                "lastmod": self.last_published_at or self.latest_revision_created_at,
            }
        ]
