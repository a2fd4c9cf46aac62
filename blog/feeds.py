"""Atom feed of posts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from blog.models import Post
from publishing.feeds import PagesFeed


class PostsFeed(PagesFeed):
    title = _("Posts on Colloquy")

    def link(self, obj: Any = None) -> str:
        return f"{settings.BASE_URL}/blog/"

    def pages(self, obj: Any) -> Any:
        return Post.objects.published()
