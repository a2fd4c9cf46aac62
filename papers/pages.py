"""Papers and the index they are listed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html
from wagtail.search import index

from discussion.threads.commentable import Commentable
from papers.citation.citation import Citation
from papers.citation.routes import CitationRoutes
from papers.downloads.models import most_read
from papers.downloads.routes import DownloadRoutes
from papers.editions.forms import PaperForm
from papers.editions.models import Edition, EditionCounter
from papers.editions.publication import Licence, PublicationTerms
from papers.files import languages
from papers.files.models import FileRecord
from papers.panels import EditionsPanel
from papers.reader.passages import CommentPassages
from papers.reader.routes import ReaderRoutes
from publishing.index_pages import IndexPage
from publishing.models import Published, SiteDocument
from publishing.models.published import PublishedManager


class PaperIndex(IndexPage):
    """All papers, newest first."""

    subpage_types = ["papers.Paper"]

    class Meta:
        verbose_name = _("list of white papers")
        verbose_name_plural = _("lists of white papers")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        is_filtered = bool(request.GET)
        return context | {"most_read": [] if is_filtered else most_read(Edition.objects.public())}


class Paper(
    CitationRoutes,
    CommentPassages,
    ReaderRoutes,
    DownloadRoutes,
    PublicationTerms,
    Commentable,
    Published,
    Page,
):
    """A white paper: its abstract and key findings, and the editions of its file."""

    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True)
    abstract = RichTextField(_("abstract"), blank=True, features=["bold", "italic", "link"])
    key_findings = StreamField(
        [("finding", blocks.CharBlock(max_length=400, label=_("Finding")))],
        verbose_name=_("key findings"),
        blank=True,
    )
    publisher = models.CharField(_("publishing organization"), max_length=200, blank=True)
    publication_date = models.DateField(_("publication date"), null=True, blank=True)
    language = models.CharField(
        _("language"), max_length=10, blank=True, choices=languages.choices,
        help_text=_("Leave empty if it is the language of this site."),
    )  # fmt: skip
    series = models.CharField(_("series"), max_length=120, blank=True)
    series_number = models.CharField(_("number in the series"), max_length=20, blank=True)
    licence = models.CharField(_("license"), max_length=20, choices=Licence.choices, default=Licence.CC_BY)

    objects = PublishedManager()

    kind = "paper"
    kind_label = _("White paper")
    listed_fields = (*Published.listed_fields, "language", "licence", "files_on_request")
    base_form_class = PaperForm

    pending_file: SiteDocument | None = None  # chosen in the form; save_revision makes it an edition
    archive_exception_lost = False  # whether the file just added follows an archived one

    content_panels = [
        *Page.content_panels,
        FieldPanel("subtitle"),
        MultiFieldPanel([EditionsPanel(), FieldPanel("edition_file")], heading=_("Editions")),
        FieldPanel("introduction"),
        Published.byline_panel,
        FieldPanel("abstract"),
        FieldPanel("key_findings"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("publisher"), FieldPanel("language")]),
                FieldRowPanel([FieldPanel("series"), FieldPanel("series_number")]),
                FieldRowPanel([FieldPanel("publication_date"), FieldPanel("licence")]),
            ],
            heading=_("Publication"),
        ),
        *PublicationTerms.publication_panels,
        Published.topics_panel,
        Published.audiences_panel,
        Published.related_panel,
        Published.dates_panel,
    ]
    settings_panels = [*Page.settings_panels, *Commentable.panels]
    search_fields = [
        *Page.search_fields,
        *Published.search_fields,
        index.SearchField("subtitle"),
        index.SearchField("abstract"),
        index.FilterField("first_published_at"),
    ]
    parent_page_types = ["papers.PaperIndex"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("white paper")
        verbose_name_plural = _("white papers")

    @classmethod
    def prefetch_for_cards(cls, pages: list[Any]) -> None:
        models.prefetch_related_objects(pages, models.Prefetch("editions", Edition.objects.newest_first()))

    @classmethod
    def prefetch_for_feed(cls, pages: list[Any]) -> None:
        cls.prefetch_for_cards(pages)

    def add_edition_file(self, document: SiteDocument, *, user: AbstractBaseUser | None = None) -> Edition:
        """Make ``document`` the draft edition that goes live with the paper; doing it twice changes nothing.

        An existing draft gets the new file; a published edition never does.
        """
        with transaction.atomic():
            EditionCounter.lock(self.pk)
            if existing := self.editions.filter(document=document).first():
                return existing
            draft = self.editions.scheduled_with_paper().last()
            action = "papers.edition.create" if draft is None else "papers.edition.replace"
            draft = draft or Edition(paper=self)
            draft.document = document
            draft.save()
            draft.log_action(action, user=user)
            self.log_archive_exception_lost(draft, user=user)
        return draft

    def log_archive_exception_lost(self, draft: Edition, *, user: AbstractBaseUser | None) -> None:
        """Log it if the new file follows an archived one, whose legal exception ends with that."""
        review = self.newest_edition.current_review if self.newest_edition else None
        self.archive_exception_lost = review is not None and review.is_archived
        if self.archive_exception_lost:
            draft.log_action("papers.gate.replace", user=user)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a revision, and with it the file an editor chose: every way of saving a page calls this."""
        with transaction.atomic():
            revision = super().save_revision(*args, **kwargs)
            if self.pending_file is not None:
                self.add_edition_file(self.pending_file, user=kwargs.get("user"))
                self.pending_file = None
        return revision

    def part_context(self, *, is_preview: bool) -> dict[str, Any]:
        if is_preview:
            edition = self.next_edition
            download_url = edition.document.url if edition else ""
            return {"edition": edition, "download_url": download_url, "citation": Citation(self, edition)}
        edition, url = self.newest_edition, self.get_url()
        can_be_read = edition is not None and edition.record is not None and edition.record.page_count
        return {
            "citation": self.citation,
            "edition": edition,
            "download_url": f"{url}download/" if edition is None or edition.has_download else "",
            "read_url": f"{url}read/" if can_be_read else "",
        }

    @cached_property
    def available_editions(self) -> list[Edition]:
        """Return the editions whose files readers can have now, newest first; no query if prefetched."""
        if self.pk is None:
            return []
        is_prefetched = "editions" in getattr(self, "_prefetched_objects_cache", {})
        known = self.editions.all() if is_prefetched else self.visible_editions
        return [edition for edition in known if edition.is_available]

    @cached_property
    def visible_editions(self) -> list[Edition]:
        """Return the editions readers may know of, newest first: published, embargoed and withdrawn ones."""
        if self.pk is None:
            return []
        return list(self.editions.exclude(state=Edition.State.DRAFT).newest_first())

    @property
    def embargoed_edition(self) -> Edition | None:
        """Return the newest published edition if readers can't have its file yet, or only on request."""
        edition = next((edition for edition in self.visible_editions if edition.is_published), None)
        return edition if edition and not edition.is_available else None

    @property
    def next_edition(self) -> Edition | None:
        """Return the edition readers get once the paper is published, made of an unsaved file too."""
        if self.pending_file is not None:
            return Edition(paper=self, document=self.pending_file)
        if self.pk is None:
            return None
        return self.editions.scheduled_with_paper().newest_first().first() or self.newest_edition

    @property
    def newest_edition(self) -> Edition | None:
        return next(iter(self.available_editions), None)

    @property
    def downloadable_edition(self) -> Edition | None:
        """Return the newest edition if its file may be downloaded, and not only read in the browser."""
        edition = self.newest_edition
        return edition if edition is not None and edition.has_download else None

    @property
    def feed_content(self) -> str:
        """Return the abstract as HTML, as a feed carries it."""
        return expand_db_html(self.abstract)

    @property
    def feed_files(self) -> list[tuple[str, int, str]]:
        """Return address, length in bytes and type of the newest file that can be downloaded."""
        edition = self.downloadable_edition
        if edition is None or edition.record is None:
            return []
        return [(f"{self.full_url}download/", edition.record.size, "application/pdf")]

    @property
    def record(self) -> FileRecord | None:
        """Return what is known of the newest edition's file."""
        return self.newest_edition.record if self.newest_edition else None

    def other_titles(self) -> Iterator[str]:
        """Yield the titles of all other papers, drafts included, the oldest first."""
        return Paper.objects.exclude(pk=self.pk).order_by("pk").values_list("title", flat=True).iterator()

    def may_be_seen_by(self, request: HttpRequest) -> bool:
        """Say whether this reader may see the paper's page, whatever of its files."""
        return self.live and all(rule.accept_request(request) for rule in self.get_view_restrictions())

    @cached_property
    def successor(self) -> Paper | None:
        """Return the paper that replaced this one, if it is public."""
        if not self.superseded_by_id:
            return None
        return Paper.objects.published().filter(pk=self.superseded_by_id).first()

    @property
    def effective_licence(self) -> Licence:
        """Return the license of what readers get now: the newest edition's own, or the paper's."""
        return self.newest_edition.effective_licence if self.newest_edition else Licence(self.licence)

    @property
    def licence_url(self) -> str:
        return self.effective_licence.url

    @property
    def language_tag(self) -> str:
        return self.language or settings.LANGUAGE_CODE

    @property
    def cover(self) -> Any:
        return self.newest_edition.cover_image if self.newest_edition else None

    @property
    def file_summary(self) -> str:
        return self.newest_edition.file_summary if self.newest_edition else ""
