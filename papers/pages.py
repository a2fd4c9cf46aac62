"""Papers and the index they are listed on."""

from __future__ import annotations

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
from wagtail.search import index

from discussion.threads.commentable import Commentable
from papers.citation.citation import Cited
from papers.citation.routes import Citing
from papers.downloads.models import most_read
from papers.downloads.routes import Downloads
from papers.editions.forms import PaperForm
from papers.editions.models import Edition, EditionCount
from papers.editions.publication import Licence, Terms
from papers.files import languages
from papers.files.models import FileRecord
from papers.panels import EditionsPanel
from papers.reader.passages import Passages
from papers.reader.routes import Readings
from publishing.index_pages import IndexPage
from publishing.models import Published, SiteDocument
from publishing.models.published import PublishedManager


class PaperIndex(IndexPage):
    """All papers, newest first."""

    subpage_types = ["papers.Paper"]

    class Meta:
        verbose_name = _("list of papers")
        verbose_name_plural = _("lists of papers")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        asks_nothing = not request.GET
        context = super().get_context(request, *args, **kwargs)
        return context | {"most_read": self.most_read if asks_nothing else []}

    @property
    def most_read(self) -> list[Any]:
        """Return the papers people fetched most of late, the most wanted first."""
        keys = most_read(Edition.objects.readable())
        found = {paper.pk: paper for paper in Paper.objects.published().filter(pk__in=keys)} if keys else {}
        return [found[key] for key in keys if key in found]


class Paper(Citing, Passages, Readings, Downloads, Terms, Commentable, Published, Page):
    """A white paper: what it says in short, and the editions of its file."""

    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True)
    abstract = RichTextField(_("abstract"), blank=True, features=["bold", "italic", "link"])
    key_findings = StreamField(
        [("finding", blocks.CharBlock(max_length=400, label=_("Finding")))],
        verbose_name=_("key findings"),
        blank=True,
    )
    publisher = models.CharField(_("publishing organization"), max_length=200, blank=True)
    dated = models.DateField(_("date of the paper"), null=True, blank=True)
    language = models.CharField(
        _("language"), max_length=10, blank=True, choices=languages.choices,
        help_text=_("Leave empty where it is the language of this site."),
    )  # fmt: skip
    series = models.CharField(_("series"), max_length=120, blank=True)
    series_number = models.CharField(_("number in the series"), max_length=20, blank=True)
    licence = models.CharField(_("license"), max_length=20, choices=Licence.choices, default=Licence.CC_BY)

    objects = PublishedManager()

    Licence = Licence
    kind = "paper"
    kind_label = _("White paper")
    base_form_class = PaperForm

    # Chosen in the form, not yet an edition: see save_revision.
    file_to_attach: SiteDocument | None = None
    broke_the_archive = False  # whether the file just attached follows an archived one

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
                FieldRowPanel([FieldPanel("dated"), FieldPanel("licence")]),
            ],
            heading=_("Publication"),
        ),
        *Terms.terms_panels,
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
    def prefetch_for_listing(cls, pages: list[Any]) -> None:
        models.prefetch_related_objects(pages, models.Prefetch("editions", Edition.objects.newest_first()))

    def attach(self, document: SiteDocument, *, user: AbstractBaseUser | None = None) -> Edition:
        """Make ``document`` the draft edition that goes live with the paper; asking again changes nothing.

        A draft nobody has seen gets the other file; what was published never does.
        """
        with transaction.atomic():
            EditionCount.hold(self.pk)
            if known := self.editions.filter(document=document).first():
                return known
            draft = self.editions.following().last()
            action = "papers.edition.create" if draft is None else "papers.edition.replace"
            draft = draft or Edition(paper=self)
            draft.document = document
            draft.save()
            draft.tell(action, user=user)
            self.note_a_broken_archive(draft, user=user)
        return draft

    def note_a_broken_archive(self, draft: Edition, *, user: AbstractBaseUser | None) -> None:
        """Write down that a file takes the place of an archived one: the exception for it is lost."""
        decision = self.newest_edition.decision if self.newest_edition else None
        self.broke_the_archive = decision is not None and decision.is_archived
        if self.broke_the_archive:
            draft.tell("papers.gate.replace", user=user)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a revision, and with it the file an editor chose; every way of saving comes here."""
        with transaction.atomic():
            revision = super().save_revision(*args, **kwargs)
            if self.file_to_attach is not None:
                self.attach(self.file_to_attach, user=kwargs.get("user"))
                self.file_to_attach = None
        return revision

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if getattr(request, "is_preview", False):
            edition = self.edition_to_come
            seen = {"edition": edition, "download_url": edition.document.url if edition else ""}
            return context | seen | {"cited": Cited(self, edition)}
        edition, url = self.newest_edition, self.get_url(request)
        can_be_read = edition is not None and edition.record is not None and edition.record.page_count
        return context | {
            "cited": self.cited,
            "edition": edition,
            "download_url": f"{url}download/" if edition is None or edition.has_download else "",
            "read_url": f"{url}read/" if can_be_read else "",
        }

    @cached_property
    def published_editions(self) -> list[Edition]:
        """Return the editions strangers may have, newest first; no query where they were brought."""
        if self.pk is None:
            return []
        if "editions" in getattr(self, "_prefetched_objects_cache", {}):
            return [edition for edition in self.editions.all() if edition.is_out]
        return list(self.editions.out().newest_first())

    @cached_property
    def known_editions(self) -> list[Edition]:
        """Return the editions readers may know of, newest first: published and withdrawn ones."""
        if self.pk is None:
            return []
        return list(self.editions.exclude(state=Edition.State.DRAFT).newest_first())

    @property
    def waiting_edition(self) -> Edition | None:
        """Return the newest edition that is published, but whose file readers can't have yet."""
        known = next((edition for edition in self.known_editions if edition.is_published), None)
        return known if known and not known.is_out else None

    @property
    def edition_to_come(self) -> Edition | None:
        """Return the edition readers get once the paper is published as it stands, saved or not."""
        if self.file_to_attach is not None:
            return Edition(paper=self, document=self.file_to_attach)
        if self.pk is None:
            return None
        return self.editions.following().newest_first().first() or self.newest_edition

    @property
    def newest_edition(self) -> Edition | None:
        return next(iter(self.published_editions), None)

    @property
    def file_to_have(self) -> Edition | None:
        """Return the newest edition where its file may be had, and not only read in the browser."""
        edition = self.newest_edition
        return edition if edition is not None and edition.has_download else None

    @property
    def record(self) -> FileRecord | None:
        """Return what is known of the newest edition's file."""
        edition = self.newest_edition
        return getattr(edition.document, "record", None) if edition else None

    @property
    def language_tag(self) -> str:
        return self.language or settings.LANGUAGE_CODE

    @property
    def cover(self) -> Any:
        return self.record.picture if self.record else None

    @property
    def file_summary(self) -> str:
        return self.newest_edition.facts if self.newest_edition else ""
