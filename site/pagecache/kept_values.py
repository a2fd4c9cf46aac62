"""Values kept in the process for as long as nothing they were read from has changed.

For what every page asks: the menu, the site's settings, the next moment at which
time changes something. Unlike a cache with a timeout, it is never out of date.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
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


@contextmanager
def noted() -> Iterator[Dependencies]:
    """Note what is read inside the block, for ``kept`` values that are made of it later."""
    table = version_table()
    with suppress(Exception):  # where it can't be read, nothing is kept
        table.generation()
    with uncovered(), gathered(Dependencies(table, time.time() + MAX_AGE)) as dependencies:
        yield dependencies
    if outer := current_dependencies():
        outer.include(dependencies)


def kept(key: Hashable, compute: Callable[[], Value], *, made_of: Dependencies | None = None) -> Value:
    """Return what ``compute`` returned last, unless something that it read has changed since.

    ``made_of`` is what ``noted`` saw being read of what ``compute`` uses. The
    value is handed to all threads: return what nobody changes. Within a
    transaction that has changed anything shown, it is computed each time, and
    where the table of versions can't be read.
    """
    table = version_table()
    try:
        table.generation()
    except Exception:  # of the file system, or of Redis
        return compute()
    if pending():
        return compute()
    entry = _values.get(key)
    if entry is None or not entry.dependencies.are_current(time.time()):
        with uncovered(), gathered(Dependencies(table, time.time() + MAX_AGE)) as dependencies:
            if made_of is not None:
                dependencies.include(made_of)
            entry = KeptValue(compute(), dependencies)
            if made_of is not None:  # the next value may be made of what this one has loaded
                made_of.include(dependencies)
        if not dependencies.untracked:
            _keep(key, entry)
    if outer := current_dependencies():
        outer.include(entry.dependencies)
    value: Value = entry.value
    return value


def clear() -> None:
    """Forget everything, as another process would; for tests."""
    with _lock:
        _values.clear()


def _keep(key: Hashable, entry: KeptValue) -> None:
    with _lock:
        _values[key] = entry
        _values.move_to_end(key)
        while len(_values) > MAX_VALUES:
            _values.popitem(last=False)
