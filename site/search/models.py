"""The search table, with a row for everything findable, and the words that occur in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

MAX_INDEXED_LENGTH = 400_000  # characters of stems; PostgreSQL refuses what makes a megabyte of index


class EntryQuerySet(models.QuerySet["Entry"]):
    def for_display(self) -> EntryQuerySet:
        """Leave out what is for the index alone."""
        return self.defer("title_stems", "name_stems", "text_stems", "other_stems")


class Entry(models.Model):
    """A post, a paper, one page of a paper's file, a comment, or a person with a part in a page.

    Every row belongs to a page of the site and is public if that page is. A person
    has a row for each page they wrote or commented on.

    The columns of stems are what the database's full-text index is made of, see the
    migration; they are filled by ``search.indexing``.
    """

    class Kind(models.TextChoices):
        POST = "post", _("Posts")
        PAPER = "paper", _("White papers")
        PDF_PAGE = "sheet", _("Pages of white papers")
        COMMENT = "comment", _("Comments")
        PERSON = "person", _("People")
        CONTENT = "plain", _("About this site")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="search_entries")
    number = models.PositiveBigIntegerField(default=0)  # of the PDF's page, or the comment's key; else 0
    person = models.CharField(max_length=30, blank=True)  # "author:" or "member:" and the key
    title = models.CharField(max_length=255, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    date = models.DateTimeField(null=True, blank=True)
    topics = models.JSONField(default=list, blank=True)  # of slugs
    authors = models.JSONField(default=list, blank=True)  # of slugs
    audiences = models.JSONField(default=list, blank=True)
    series = models.CharField(max_length=120, blank=True)
    weight = models.FloatField(default=1)  # how much a match counts beside one in a post
    # The long ones last: what stands behind them costs more to read.
    text = models.TextField(blank=True)
    title_stems = models.TextField(blank=True, editable=False)
    name_stems = models.TextField(blank=True, editable=False)
    text_stems = models.TextField(blank=True, editable=False)
    other_stems = models.TextField(blank=True, editable=False)  # of compounds and identifiers

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "page", "number", "person"], name="unique_search_entry"),
        ]
        indexes = [
            models.Index(fields=["kind", "-date"], name="entries_of_a_kind"),
            models.Index(fields=["person"], condition=~models.Q(person=""), name="entries_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.page_id} {self.number or self.person}".strip()


class Word(models.Model):
    """A word that occurs in entries, as it is written but folded: what a misspelled one may have meant.

    A word may stay behind its last entry until ``update_entries`` runs.
    """

    text = models.CharField(max_length=60, unique=True)
    initial = models.CharField(max_length=1)
    ending = models.CharField(max_length=2)
    length = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["initial", "length"], name="words_by_initial"),
            models.Index(fields=["ending", "length"], name="words_by_ending"),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def from_text(cls, text: str) -> Word:
        return cls(text=text, initial=text[:1], ending=text[-2:], length=len(text))
