"""The outlines of discussions read lately, each cached for one version of its page.

So a page of a long discussion costs what one of a short discussion does: its own comments.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from wagtail.models import Page

from accounts.models import User
from discussion.models import Comment
from discussion.models.thread_position import version_name
from discussion.threads.outline import Outline
from pagecache import versions

MAX_ITEMS = 50_000  # in all discussions of this process; an item takes about 600 bytes


class CacheEntry(NamedTuple):
    version: int
    outline: Outline


_cache: OrderedDict[int, CacheEntry] = OrderedDict()
_lock = Lock()


def cached_outline(page: Page, *, reader: User | None = None) -> Outline:
    """Return the outline as ``reader`` sees it, who may be nobody.

    One query where it is cached, two where it isn't, one more for a member.
    """
    if reader is not None and Comment.objects.waiting().filter(page_id=page.pk, user=reader).exists():
        return readers_outline(page, reader)
    # Read first: a change while the outline is loaded makes that outline stale at once.
    version = versions.current(version_name(page.pk))
    entry = _cache.get(page.pk)
    if entry is not None and entry.version == version:
        return entry.outline
    outline = Outline.for_page(page, former=entry.outline if entry else None)
    if version is not None:
        _store(page.pk, CacheEntry(version, outline))
    return outline


def readers_outline(page: Page, reader: User) -> Outline:
    """Return the outline with what waits of this reader's own; one query, and nothing is cached."""
    entry = _cache.get(page.pk)
    return Outline.for_page(page, reader=reader, former=entry.outline if entry else None)


def _store(page: int, entry: CacheEntry) -> None:
    """Store it as the newest; drop the oldest while there are too many items."""
    with _lock:
        _cache[page] = entry
        _cache.move_to_end(page)
        items = sum(one.outline.length for one in _cache.values())
        while items > MAX_ITEMS:
            _, oldest = _cache.popitem(last=False)
            items -= oldest.outline.length
