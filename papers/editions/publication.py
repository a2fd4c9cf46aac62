"""On what terms a paper is given out, and whether it still stands."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable

from publishing import identifiers

if TYPE_CHECKING:
    from django.http import HttpRequest

LICENCE_HOME = "https://creativecommons.org/"


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "cc-by-sa-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    CC_BY_NC = "cc-by-nc-4.0", _("Creative Commons Attribution-NonCommercial 4.0")
    CC0 = "cc0-1.0", _("No rights reserved (CC0)")
    RESERVED = "reserved", _("All rights reserved")

    @property
    def url(self) -> str:
        """Return where the license is explained, or nothing for reserved rights."""
        kind, _dash, version = self.value.rpartition("-")
        if self is Licence.RESERVED:
            return ""
        if self is Licence.CC0:
            return f"{LICENCE_HOME}publicdomain/zero/1.0/"
        return f"{LICENCE_HOME}licenses/{kind.removeprefix('cc-')}/{version}/"

    @property
    def sign(self) -> str:
        """Return the letters on its sign: "CC BY-SA 4.0"."""
        if self is Licence.RESERVED:
            return "©"
        kind, _dash, version = self.value.upper().rpartition("-")
        return f"{kind.replace('CC-', 'CC ')} {version}"


class Standing(models.TextChoices):
    CURRENT = "current", _("current")
    OUT_OF_DATE = "out-of-date", _("out of date")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Terms(models.Model):
    """Identifiers, statements, standing and reach of a paper."""

    doi = models.CharField(
        _("DOI"), max_length=200, blank=True, validators=[identifiers.validate_doi],
        help_text=_("Such as 10.1000/182, if it was registered."),
    )  # fmt: skip
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True, validators=[identifiers.validate_isbn])
    funding = models.TextField(
        _("funding"), max_length=1000, blank=True, help_text=_("Who paid for the work.")
    )
    interests = models.TextField(
        _("interests"), max_length=1000, blank=True,
        help_text=_("What readers should know of the authors' own interests in the matter."),
    )  # fmt: skip
    review = models.TextField(
        _("review"), max_length=1000, blank=True, help_text=_("Who read the paper before it was published.")
    )
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing.choices, default=Standing.CURRENT,
        help_text=_("Anything but “current” puts a banner over the paper; its text stays readable."),
    )  # fmt: skip
    standing_reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("Readers see it in the banner.")
    )
    superseded_by = models.ForeignKey(
        "papers.Paper", verbose_name=_("superseded by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="supersedes",
    )  # fmt: skip
    files_on_request = models.BooleanField(
        _("file on request"), default=False,
        help_text=_("The page is public, the file is not: readers ask for a copy, and you decide."),
    )  # fmt: skip

    class Meta:
        abstract = True

    terms_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn")]), FieldPanel("files_on_request")],
            heading=_("Identifiers and access"),
        ),
        MultiFieldPanel(
            [FieldPanel("funding"), FieldPanel("interests"), FieldPanel("review")], heading=_("Statements")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("standing"), FieldPanel("standing_reason")]),
                PageChooserPanel("superseded_by"),
            ],
            heading=_("Standing"),
        ),
        InlinePanel("data_files", heading=_("Data and tables"), label=_("data file")),
    ]

    def clean(self) -> None:
        super().clean()
        wrong = {}
        if self.standing != Standing.CURRENT and not self.standing_reason and not self.superseded_by_id:
            wrong["standing_reason"] = _("Tell readers why, in a sentence.")
        if self.standing == Standing.SUPERSEDED and not self.superseded_by_id:
            wrong["superseded_by"] = _("Choose the paper that takes its place.")
        if self.superseded_by_id and self.superseded_by_id == self.pk:
            wrong["superseded_by"] = _("A paper does not take its own place. Add an edition instead.")
        if wrong:
            raise ValidationError(wrong)
        with suppress(ValueError):  # the fields themselves have complained already
            self.doi = identifiers.doi(self.doi) if self.doi else ""
            self.isbn = identifiers.isbn(self.isbn) if self.isbn else ""

    def may_be_seen_by(self, request: HttpRequest) -> bool:
        """Say whether whoever asks may see the paper's page, whatever of its files."""
        return self.live and all(rule.accept_request(request) for rule in self.get_view_restrictions())

    @property
    def doi_url(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else ""

    @property
    def stands(self) -> bool:
        return self.standing == Standing.CURRENT

    @cached_property
    def successor(self) -> Any:
        """Return the paper that took this one's place, if a stranger may read it."""
        if not self.superseded_by_id:
            return None
        return type(self).objects.published().filter(pk=self.superseded_by_id).first()

    @property
    def terms(self) -> Licence:
        """Return the license of what readers get now: the newest edition's own, or the paper's."""
        edition = self.newest_edition
        return edition.terms if edition else Licence(self.licence)

    @property
    def licence_url(self) -> str:
        return self.terms.url

    @property
    def statements(self) -> list[tuple[Any, str]]:
        """Return label and words of every statement that was made."""
        made = [(_("Funding"), self.funding), (_("Interests"), self.interests), (_("Review"), self.review)]
        return [(label, words) for label, words in made if words]


class DataFile(Orderable):
    """A table or data set to be had beside the paper."""

    paper = ParentalKey("papers.Paper", on_delete=models.CASCADE, related_name="data_files")
    document = models.ForeignKey(
        get_document_model_string(), verbose_name=_("file"), on_delete=models.PROTECT, related_name="data_of"
    )
    caption = models.CharField(
        _("what it holds"), max_length=200, blank=True, help_text=_("“Table 3: costs by district”.")
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
    def facts(self) -> str:
        """Return what to expect: "CSV, 12 KB"."""
        return f"{self.document.file_extension.upper()}, {filesizeformat(self.document.get_file_size())}"

    def may_be_read_by(self, request: HttpRequest) -> bool:
        """Say whether whoever asks may have these data: they go where the paper's own page goes."""
        return self.paper.may_be_seen_by(request)

    def clean(self) -> None:
        super().clean()
        if self.document_id and self.document.file_extension.lower() not in ("csv", "ods", "xlsx"):
            raise ValidationError({"document": _("Data come as CSV; a spreadsheet (.xlsx, .ods) will do.")})
