"""The search table, with a row for everything findable."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search import index

from publishing.text_search import fold


class FoldedSearchField(index.SearchField):
    """A field searched regardless of accents, ligatures and case."""

    def get_value(self, obj: Any) -> str:
        return fold(super().get_value(obj) or "")


class Entry(index.Indexed, models.Model):
    """A post, a paper, one page of a paper's file, or a comment.

    Every row belongs to a page of the site and is public if that page is.
    """

    class Kind(models.TextChoices):
        POST = "post", _("Posts")
        PAPER = "paper", _("White papers")
        PDF_PAGE = "sheet", _("Pages of white papers")
        COMMENT = "comment", _("Comments")
        CONTENT = "plain", _("About this site")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="search_entries")
    number = models.PositiveBigIntegerField(default=0)  # of the PDF's page, or the comment's key; else 0
    title = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    date = models.DateTimeField(null=True, blank=True)
    topics = models.JSONField(default=list, blank=True)  # of slugs
    authors = models.JSONField(default=list, blank=True)  # of slugs
    audiences = models.JSONField(default=list, blank=True)
    series = models.CharField(max_length=120, blank=True)

    search_fields = [FoldedSearchField("title", boost=2), FoldedSearchField("text")]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "page", "number"], name="unique_search_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.page_id} {self.number or ''}".strip()
