"""Values kept in the process for as long as nothing they were read from has changed.

For what every page asks: the menu, the site's settings, the next moment at which
time changes something. Unlike a cache with a timeout, it is never out of date.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from pagecache.dependencies import Dependencies, current_dependencies, gathered, uncovered
from pagecache.versions import pending, version_table

Value = TypeVar("Value")

MAX_VALUES = 1_000  # in each process
MAX_AGE = 3_600.0  # seconds


class KeptValue(NamedTuple):
    value: Any
    dependencies: Dependencies


_values: OrderedDict[Hashable, KeptValue] = OrderedDict()
_lock = Lock()


def kept(key: Hashable, compute: Callable[[], Value]) -> Value:
    """Return what ``compute`` returned last, unless something that it read has changed since.

    The value is handed to all threads: return what nobody changes. Within a
    transaction that has changed anything shown, it is computed each time.
    """
    table = version_table()
    table.generation()
    if pending():
        return compute()
    entry = _values.get(key)
    if entry is None or not entry.dependencies.are_current(time.time()):
        with uncovered(), gathered(Dependencies(table, time.time() + MAX_AGE)) as dependencies:
            entry = KeptValue(compute(), dependencies)
        if not dependencies.untracked:
            _keep(key, entry)
    if outer := current_dependencies():
        outer.include(entry.dependencies)
    value: Value = entry.value
    return value


def _keep(key: Hashable, entry: KeptValue) -> None:
    with _lock:
        _values[key] = entry
        _values.move_to_end(key)
        while len(_values) > MAX_VALUES:
            _values.popitem(last=False)
