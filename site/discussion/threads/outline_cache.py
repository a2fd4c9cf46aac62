"""The outlines of the talks that were read lately, each kept while nothing in its talk changes.

So a sheet of a long talk costs what one of a short talk does: its own comments.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from wagtail.models import Page

from accounts.models import User
from discussion.models import Comment
from discussion.threads.outline import Outline
from pagecache import versions

MAX_ITEMS = 50_000  # in all talks of this process; a line takes about 400 bytes


class CacheEntry(NamedTuple):
    version: int
    outline: Outline


_cache: OrderedDict[int, CacheEntry] = OrderedDict()
_lock = Lock()


def cached_outline(page: Page, *, reader: User | None = None) -> Outline:
    """Return the outline as ``reader`` sees it, who may be nobody.

    One query where it is kept, two where it isn't, one more for a member.
    """
    if reader is not None and Comment.objects.waiting().filter(page_id=page.pk, user=reader).exists():
        return Outline.for_page(page, reader=reader)
    # Asked first: what changes while the talk is read makes what was read stale at once.
    number = versions.current(f"talk/{page.pk}")
    kept = _cache.get(page.pk)
    if kept is not None and kept.version == number:
        return kept.outline
    outline = Outline.for_page(page)
    if number is not None:
        _store(page.pk, CacheEntry(number, outline))
    return outline


def _store(page: int, kept: CacheEntry) -> None:
    """Keep it as the newest; let go of the oldest while there are too many lines."""
    with _lock:
        _cache[page] = kept
        _cache.move_to_end(page)
        lines = sum(len(one.outline.items) for one in _cache.values())
        while lines > MAX_ITEMS:
            _, oldest = _cache.popitem(last=False)
            lines -= len(oldest.outline.items)
