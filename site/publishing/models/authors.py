"""Authors of posts and papers. An author need not have an account."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from publishing import identifiers, person_names
from publishing.person_names import PersonName

MAX_DESCRIPTION_LENGTH = 300  # characters; search engines show fewer


class Author(index.Indexed, models.Model):
    """A person or an organization whose name appears in bylines."""

    class Kind(models.TextChoices):
        GUESS = "", _("Decide by the name")
        PERSON = "person", _("A person")
        ORGANIZATION = "organization", _("An organization")

    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(
        _("slug"), max_length=150, unique=True, help_text=_("The last part of the URL of the author’s page.")
    )
    family_name = models.CharField(
        _("family name"),
        max_length=100,
        blank=True,
        help_text=_("For citations, if it is not the last word of the name, for example “Le Guin”."),
    )
    kind = models.CharField(
        _("cite as"),
        max_length=20,
        choices=Kind.choices,
        default=Kind.GUESS,
        blank=True,
        help_text=_("An organization is cited by its whole name, a person by the family name."),
    )
    orcid = models.CharField(
        _("ORCID iD"),
        max_length=40,
        blank=True,
        validators=[identifiers.validate_orcid],
        help_text=_("For example 0000-0002-1825-0097."),
    )
    role = models.CharField(_("role"), max_length=150, blank=True)
    organisation = models.CharField(_("organization"), max_length=200, blank=True)
    portrait = models.ForeignKey(
        "publishing.SiteImage",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    biography = RichTextField(_("biography"), blank=True, features=["bold", "italic", "link"])

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("family_name"),
        FieldPanel("orcid"),
        FieldPanel("role"),
        FieldPanel("organisation"),
        FieldPanel("portrait"),
        FieldPanel("biography"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("organisation"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.orcid:
            with suppress(ValueError):  # set without a form, so not validated: kept as it is
                self.orcid = identifiers.orcid(self.orcid)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.family_name and self.family_name not in self.name:
            raise ValidationError({"family_name": _("The family name must be a part of the name above.")})

    @property
    def is_organization(self) -> bool:
        if self.kind == self.Kind.GUESS:
            return not self.family_name and not self.orcid and person_names.is_organization(self.name)
        return self.kind == self.Kind.ORGANIZATION

    @property
    def name_parts(self) -> PersonName | None:
        """Return given names, family name and suffix, as citations need them; None for an organization."""
        return None if self.is_organization else person_names.parse(self.name, family=self.family_name)

    @property
    def sort_name(self) -> str:
        """Return the name as catalogs list it: Quillfeather, Adele."""
        return self.name_parts.inverted if self.name_parts else self.name

    @property
    def description(self) -> str:
        """Return the beginning of the biography as plain text; without one, role and organization."""
        biography = " ".join(get_text_for_indexing(self.biography).split())
        text = biography or ", ".join(filter(None, [self.role, self.organisation]))
        return Truncator(text).chars(MAX_DESCRIPTION_LENGTH)

    @property
    def orcid_url(self) -> str:
        """Return the full link that identifies this person everywhere, or nothing."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


class Authorship(Orderable):
    """One author of one page, with the affiliation they had when they wrote it."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="authorships")
    author = models.ForeignKey(
        Author, verbose_name=_("author"), on_delete=models.PROTECT, related_name="authorships"
    )
    affiliation = models.CharField(
        _("affiliation at the time"),
        max_length=200,
        blank=True,
        help_text=_("Only if it differs from the author’s current organization."),
    )

    panels = [FieldPanel("author"), FieldPanel("affiliation")]

    class Meta(Orderable.Meta):
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")
        constraints = [models.UniqueConstraint(fields=["page", "author"], name="unique_author_of_page")]

    def __str__(self) -> str:
        return f"{self.author}, {self.organisation}" if self.organisation else str(self.author)

    @property
    def organisation(self) -> str:
        return self.affiliation or self.author.organisation

    @property
    def name(self) -> str:
        return self.author.name

    @property
    def url(self) -> str:
        return self.author.get_absolute_url()
