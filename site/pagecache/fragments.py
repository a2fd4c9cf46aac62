"""Parts of pages, kept in this process under everything that they show.

A key holds all values that its HTML is made of, so a part can't be out of date: when a value
changes, so does the key, in every process at the same moment. What nobody asks for any more is
dropped when room is needed.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MAX_BYTES = 16 * 1024 * 1024  # of HTML and keys, in each process
ENTRY_OVERHEAD = 300  # bytes that an entry takes besides its strings

_fragments: OrderedDict[Hashable, tuple[SafeString, int]] = OrderedDict()
_lock = Lock()
_bytes = 0


def render(key: tuple[Hashable, ...], function: Callable[[], str]) -> SafeString:
    """Return the HTML that ``function`` makes, from an earlier call with the same ``key`` if there was one.

    ``key`` begins with the name of what is rendered and holds every value that ``function`` uses but
    the active language, which is added. Moments and settings count as values too.
    """
    if settings.DEBUG:  # templates change while the site runs
        return mark_safe(function())  # noqa: S308
    full_key = (get_language(), *key)
    with _lock:
        entry = _fragments.get(full_key)
        if entry is not None:
            _fragments.move_to_end(full_key)
            return entry[0]
    html = mark_safe(function())  # noqa: S308 - from a template or format_html
    _keep(full_key, html)
    return html


def clear() -> None:
    """Forget everything; for tests that change templates."""
    global _bytes
    with _lock:
        _fragments.clear()
        _bytes = 0


def _keep(key: Hashable, html: SafeString) -> None:
    global _bytes
    size = size_of(key) + sys.getsizeof(html) + ENTRY_OVERHEAD
    if size > MAX_BYTES // 8:
        return
    with _lock:
        if key in _fragments:
            return
        _fragments[key] = (html, size)
        _bytes += size
        while _bytes > MAX_BYTES:
            _bytes -= _fragments.popitem(last=False)[1][1]


def size_of(key: Hashable) -> int:
    """Return about how many bytes a key takes; nested tuples count with what they hold."""
    return sys.getsizeof(key) + (sum(map(size_of, key)) if isinstance(key, tuple) else 0)
