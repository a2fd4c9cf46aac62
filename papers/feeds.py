"""Atom feed of white papers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from papers.models import Paper
from publishing.feeds import PagesFeed


class PapersFeed(PagesFeed):
    title = _("White papers on Colloquy")

    def link(self, obj: Any = None) -> str:
        return f"{settings.BASE_URL}/papers/"

    def pages(self, obj: Any) -> Any:
        return Paper.objects.published()
