"""The mixin that lets a page have comments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path

from discussion.text.anchors import Anchor, Passage
from pagecache.dependencies import expires_at


class Commentable(models.Model):
    """A page that takes comments, with a feed of them at ``feed/`` below its own address."""

    comments_open = models.BooleanField(
        _("Comments open"), default=True, help_text=_("People can still read a closed discussion.")
    )

    panels = [MultiFieldPanel([FieldPanel("comments_open")], heading=_("Discussion"))]

    first_published_at: datetime | None  # of Page, with which this mixin is combined

    class Meta:
        abstract = True

    @property
    def takes_comments(self) -> bool:
        return self.comments_open and not self.is_past_closing_date

    @property
    def closes_at(self) -> datetime | None:
        """Return when the settings close this discussion by themselves; None for never."""
        from discussion.models import DiscussionSettings

        days = DiscussionSettings.for_page(self).close_after_days
        began = self.first_published_at
        return began + timedelta(days=days) if days and began else None

    @property
    def is_past_closing_date(self) -> bool:
        closes_at = self.closes_at
        is_past = closes_at is not None and closes_at <= timezone.now()
        if not is_past:
            expires_at(closes_at)
        return is_past

    def resolve_anchor(self, anchor: Anchor) -> Anchor | None:
        """Return the anchor as it is to be saved; None where this page has no such passage."""
        return None

    def describe_anchors(self, anchors: Mapping[int, Anchor]) -> dict[int, Passage]:
        """Return a Passage for each anchor, under the same keys; unknown anchors are left out."""
        return {}

    @path("feed/")
    def comments_feed(self, request: HttpRequest) -> HttpResponse:
        # Feeds know comments, and comments are loaded after the pages that carry this mixin.
        from discussion.threads.feeds import PageFeed

        return PageFeed()(request, page=self)
