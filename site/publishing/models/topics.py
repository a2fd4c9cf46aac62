"""Topics: a short list kept by editors, unlike tags."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page
from wagtail.search import index


class Topic(index.Indexed, models.Model):
    """A subject with a page and a feed of its own."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(
        _("slug"), max_length=80, unique=True, help_text=_("The last part of the URL of the topic’s page.")
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("One or two sentences, shown on the topic’s page.")
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

    # Topics are shown as links, which have a title and a URL.
    @property
    def title(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return self.get_absolute_url()


class TopicLink(Orderable):
    """One topic of one page."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="page_links"
    )

    panels = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        verbose_name = _("topic of a page")
        verbose_name_plural = _("topics of pages")
        constraints = [models.UniqueConstraint(fields=["page", "topic"], name="unique_topic_of_page")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.topic}"
