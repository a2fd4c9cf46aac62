"""What a post and a paper have in common: being published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from publishing import schema_org
from publishing.models.audiences import AudiencesField
from publishing.models.authors import Author, Authorship
from publishing.models.changes import Change
from publishing.models.topics import Topic, TopicLink

if TYPE_CHECKING:
    from django.http import HttpRequest

# Sub-addresses of pages and indexes; a page of that name would hide behind them.
TAKEN_SLUGS = {"feed", "download", "read", "editions", "cite", "copies"}


class PublishedQuerySet(PageQuerySet):
    """Pages, asked for in the words of the site."""

    def published(self) -> PublishedQuerySet:
        """Keep what any stranger may read, newest first. The one meaning of "published"."""
        return (
            self.live()
            .public()
            .filter(first_published_at__isnull=False)
            .order_by("-first_published_at", "-pk")
        )

    def articles(self) -> PublishedQuerySet:
        """Keep pages that are published one by one, posts and papers, not indexes or plain pages."""
        return self.type(tuple(Published.kinds()))

    def about(self, topic: Topic) -> PublishedQuerySet:
        return self.filter(topic_links__topic=topic)

    def by(self, author: Author) -> PublishedQuerySet:
        return self.filter(authorships__author=author)

    def written_for(self, audience: str) -> PublishedQuerySet:
        """Keep what names ``audience``; as text, since not every database looks into lists."""
        named = Cast("audiences", models.TextField())
        return self.annotate(written_for=named).filter(written_for__contains=f'"{audience}"')

    def related_to(self, page: Page) -> PublishedQuerySet:
        """Keep what ``page`` points to and what points to it."""
        return self.filter(Q(related_from__page=page) | Q(related_links__other=page)).distinct()

    def with_byline(self) -> PublishedQuerySet:
        """Bring authors, topics and changes; three queries whatever the number of pages."""
        return self.prefetch_related(
            Prefetch(
                "authorships", Authorship.objects.select_related("author__portrait").order_by("sort_order")
            ),
            Prefetch("topic_links", TopicLink.objects.select_related("topic").order_by("sort_order")),
            Prefetch("changes", Change.objects.order_by("-changed_on", "-pk")),
        )


def pages() -> PublishedQuerySet:
    """Return all pages, of whatever kind, to be narrowed by the words above."""
    return PublishedQuerySet(Page)


PublishedManager = PageManager.from_queryset(PublishedQuerySet)


class Published(models.Model):
    """Introduction, byline, dates, topics and relations of a published page.

    "Posted on" is Wagtail's own ``first_published_at``, so that one query over
    ``Page`` sorts every kind; editors may set it back.
    """

    introduction = models.TextField(
        _("introduction"),
        max_length=600,
        blank=True,
        help_text=_("One to three sentences, shown in lists and under the title."),
    )

    audiences = AudiencesField(_("written for"), help_text=_("Leave all empty for everybody."))

    class Meta:
        abstract = True

    # What a list calls a page of this kind.
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
        help_text=_("Readers of either page see the link."),
    )
    dates_panel = MultiFieldPanel(
        [
            FieldPanel(
                "first_published_at",
                heading=_("Posted on"),
                help_text=_("Set when first published; may be set back."),
            ),
            HelpPanel(
                _("Add a change only when it is substantial: readers then see “Updated on” and your note.")
            ),
            InlinePanel("changes", label=_("substantial change")),
        ],
        heading=_("Dates"),
    )

    search_fields: list[index.BaseField] = [index.SearchField("introduction")]

    def get_absolute_url(self) -> str:
        return self.get_url() or "/"

    @staticmethod
    def kinds() -> Iterable[type[Published]]:
        """Return every page class that is published one by one."""
        return [model for model in Published.__subclasses__() if not model._meta.abstract]

    @classmethod
    def ready_for_lists(cls, found: list[Any]) -> None:
        """Bring, in a fixed number of queries, what a list shows of these pages besides the byline."""

    @property
    def cover(self) -> Any:
        """Return the picture a list shows of this page, with url, width and height, or None."""
        return None

    @property
    def facts(self) -> str:
        """Return what a list says of this page's file: "PDF, 24 pages, 1.2 MB"."""
        return ""

    @cached_property
    def sharing_picture(self) -> dict[str, Any] | None:
        """Return the picture a shared link shows: full url, width, height and alt."""
        return None

    @property
    def sharing_tags(self) -> list[tuple[str, Any]]:
        return list(schema_org.open_graph(self))

    @property
    def catalog_tags(self) -> list[tuple[str, str]]:
        """Return name and content of tags for catalogs; only papers are cataloged."""
        return []

    @property
    def linked_data(self) -> SafeString:
        """Return what the page tells of itself as JSON-LD, ready to stand between script tags."""
        return schema_org.script(schema_org.article(self))

    @cached_property
    def byline(self) -> list[Authorship]:
        return list(self.authorships.all())

    @cached_property
    def topics(self) -> list[Topic]:
        return [link.topic for link in self.topic_links.all()]

    @property
    def posted_on(self) -> datetime | None:
        return self.first_published_at

    @cached_property
    def last_change(self) -> Change | None:
        """Return the newest substantial change, which is what "Updated on" tells."""
        return max(self.changes.all(), key=lambda change: change.changed_on, default=None)

    @cached_property
    def related(self) -> list[Page]:
        """Return related pages in both directions, ready to be listed, newest first."""
        if self.pk is None:  # a preview of what was never saved
            return []
        return listed(pages().published().related_to(self))

    def clean(self) -> None:
        super().clean()
        if self.slug in TAKEN_SLUGS:
            raise ValidationError(
                {
                    "slug": _("“%(slug)s” is an address the site uses itself. Choose another one.")
                    % {"slug": self.slug}
                }
            )

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [
            {
                "location": self.get_full_url(request),
                "lastmod": self.last_published_at or self.latest_revision_created_at,
            }
        ]


def listed(found: PageQuerySet) -> list[Any]:
    """Return ``found`` in its order as specific pages with all that a list shows of them.

    Costs a fixed number of queries for each kind, however many pages there are.
    """
    listing = list(found.specific())
    for model in {type(page) for page in listing}:
        group = [page for page in listing if type(page) is model]
        models.prefetch_related_objects(
            group,
            Prefetch("authorships", Authorship.objects.select_related("author").order_by("sort_order")),
            Prefetch("topic_links", TopicLink.objects.select_related("topic").order_by("sort_order")),
            "changes",
        )
        if issubclass(model, Published):
            model.ready_for_lists(group)
    return listing
