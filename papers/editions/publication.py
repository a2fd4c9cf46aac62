"""The terms a paper is published on: license, identifiers, disclosures, status and data files."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable

from publishing import identifiers

if TYPE_CHECKING:
    from django.http import HttpRequest

LICENSES_URL = "https://creativecommons.org/"


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "cc-by-sa-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    CC_BY_NC = "cc-by-nc-4.0", _("Creative Commons Attribution-NonCommercial 4.0")
    CC0 = "cc0-1.0", _("No rights reserved (CC0)")
    RESERVED = "reserved", _("All rights reserved")

    @property
    def url(self) -> str:
        """Return the address of the license's text; empty for reserved rights."""
        kind, _dash, version = self.value.rpartition("-")
        if self is Licence.RESERVED:
            return ""
        if self is Licence.CC0:
            return f"{LICENSES_URL}publicdomain/zero/1.0/"
        return f"{LICENSES_URL}licenses/{kind.removeprefix('cc-')}/{version}/"

    @property
    def short_name(self) -> str:
        """Return its usual abbreviation: "CC BY-SA 4.0"."""
        if self is Licence.RESERVED:
            return "©"
        kind, _dash, version = self.value.upper().rpartition("-")
        return f"{kind.replace('CC-', 'CC ')} {version}"


class PublicationStatus(models.TextChoices):
    CURRENT = "current", _("current")
    OUT_OF_DATE = "out-of-date", _("out of date")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublicationTerms(models.Model):
    """The fields of a paper for its identifiers, disclosures and status, and for who gets its files."""

    doi = models.CharField(
        _("DOI"), max_length=200, blank=True, validators=[identifiers.validate_doi],
        help_text=_("Such as 10.1000/182, if it was registered."),
    )  # fmt: skip
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True, validators=[identifiers.validate_isbn])
    funding = models.TextField(
        _("funding"), max_length=1000, blank=True, help_text=_("Who paid for the work.")
    )
    competing_interests = models.TextField(
        _("conflicts of interest"), max_length=1000, blank=True,
        help_text=_("What readers should know about the authors’ own interests in the subject."),
    )  # fmt: skip
    review = models.TextField(
        _("review"),
        max_length=1000,
        blank=True,
        help_text=_("Who reviewed the white paper before it was published."),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=PublicationStatus.choices, default=PublicationStatus.CURRENT,
        help_text=_("If the white paper is not current, its page shows a warning above the text."),
    )  # fmt: skip
    status_reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("Shown to readers in the warning.")
    )
    superseded_by = models.ForeignKey(
        "papers.Paper", verbose_name=_("superseded by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="supersedes",
    )  # fmt: skip
    files_on_request = models.BooleanField(
        _("file on request"), default=False,
        help_text=_("The page is public, the file is not. Readers request a copy, and an editor decides."),
    )  # fmt: skip

    class Meta:
        abstract = True

    publication_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn")]), FieldPanel("files_on_request")],
            heading=_("Identifiers and access"),
        ),
        MultiFieldPanel(
            [FieldPanel("funding"), FieldPanel("competing_interests"), FieldPanel("review")],
            heading=_("Disclosures"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("status_reason")]),
                PageChooserPanel("superseded_by"),
            ],
            heading=_("Status"),
        ),
        InlinePanel("data_files", heading=_("Data and tables"), label=_("data file")),
    ]

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.status != PublicationStatus.CURRENT and not self.status_reason and not self.superseded_by_id:
            errors["status_reason"] = _("Enter a reason. Readers see it above the white paper.")
        if self.status == PublicationStatus.SUPERSEDED and not self.superseded_by_id:
            errors["superseded_by"] = _("Choose the white paper that replaces this one.")
        if self.superseded_by_id and self.superseded_by_id == self.pk:
            errors["superseded_by"] = _("A white paper can’t replace itself. Add an edition instead.")
        if errors:
            raise ValidationError(errors)
        with suppress(ValueError):  # the fields themselves have complained already
            self.doi = identifiers.doi(self.doi) if self.doi else ""
            self.isbn = identifiers.isbn(self.isbn) if self.isbn else ""

    @property
    def doi_url(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else ""

    @cached_property
    def published_data(self) -> list[DataFile]:
        """Return the data files with their documents; one query."""
        files: Any = self.data_files  # type: ignore[attr-defined]  # of the paper that this is a part of
        return list(files.select_related("document"))

    @property
    def is_current(self) -> bool:
        return self.status == PublicationStatus.CURRENT

    @property
    def disclosures(self) -> list[tuple[Promise, str]]:
        """Return label and text of every disclosure that was made."""
        disclosures = [
            (_("Funding"), self.funding),
            (_("Conflicts of interest"), self.competing_interests),
            (_("Review"), self.review),
        ]
        return [(label, text) for label, text in disclosures if text]


class DataFile(Orderable):
    """A table or data set that can be downloaded beside the paper."""

    paper = ParentalKey("papers.Paper", on_delete=models.CASCADE, related_name="data_files")
    document = models.ForeignKey(
        get_document_model_string(), verbose_name=_("file"), on_delete=models.PROTECT, related_name="data_of"
    )
    caption = models.CharField(
        _("description"), max_length=200, blank=True, help_text=_("For example “Table 3: costs by district”.")
    )

    panels = [FieldPanel("document"), FieldPanel("caption")]

    class Meta(Orderable.Meta):
        verbose_name = _("data file")
        verbose_name_plural = _("data files")
        constraints = [models.UniqueConstraint(fields=["paper", "document"], name="a_data_file_once_a_paper")]

    def __str__(self) -> str:
        return self.caption or self.document.title

    @property
    def full_url(self) -> str:
        return f"{settings.BASE_URL}{self.document.url}"

    @property
    def content_type(self) -> str:
        return self.document.content_type

    @property
    def file_summary(self) -> str:
        """Return type and size: "CSV, 12 KB"."""
        return f"{self.document.file_extension.upper()}, {filesizeformat(self.document.get_file_size())}"

    def may_be_read_by(self, request: HttpRequest) -> bool:
        """Say whether this reader may have the data: whoever may see the paper's page may."""
        return self.paper.may_be_seen_by(request)

    def clean(self) -> None:
        super().clean()
        if self.document_id and self.document.file_extension.lower() not in ("csv", "ods", "xlsx"):
            raise ValidationError({"document": _("Choose a CSV file or a spreadsheet (.xlsx, .ods).")})
