"""Versions of what pages show: another number after every change.

A change is written down in its own transaction (``Change``) and published after
the commit: the version of each name becomes another random number in the table
that all processes share. Tables of the database are bumped by ``sql`` when they
are written to; code bumps what has a finer name, such as one page's discussion.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from operator import xor

from django.conf import settings
from django.db import connection, transaction

from pagecache.version_table import (
    MemoryMappedTable,
    NoTable,
    RedisTable,
    VersionTable,
    changed,
    new_number,
    slot,
    unnamed,
)

logger = logging.getLogger(__name__)

INSERT = "INSERT INTO pagecache_change (name, number) VALUES (%s, %s)"


@cache
def version_table() -> VersionTable:
    """Return the table that PAGE_CACHE_VERSIONS names: a file, or Redis."""
    address = settings.PAGE_CACHE_VERSIONS
    if isinstance(address, str):
        return RedisTable(address, site=settings.PAGE_CACHE_SITE)
    try:
        return MemoryMappedTable(address)
    except OSError:
        logger.exception("There can be no table of page versions; every page is rendered for each reader")
        return NoTable()


@dataclass
class Publication:
    """What is done after a commit. Waiting for it, the names have no version."""

    names: tuple[str, ...]
    number: int
    is_unnamed: bool = False  # a family was written to, and none of its finer names bumped

    def publish_or_log(self) -> None:
        """Publish now; where the table can't be reached, the sweep does it later."""
        try:
            version_table().write(
                changed(with_unnamed(self.names) if self.is_unnamed else self.names, self.number)
            )
        except Exception:
            logger.exception("A change of %s could not be published yet", ", ".join(self.names))


def bump(*names: str) -> None:
    """Record in the current transaction that ``names`` have changed; published when it is committed.

    One row for each, none for names that this transaction has bumped before.
    """
    waiting = pending()
    known = {name for publication in waiting for name in publication.names}
    fresh = tuple(name for name in dict.fromkeys(names) if name not in known)
    if not fresh:
        return
    publication = record(*fresh)
    for one in [publication, *waiting]:
        one.is_unnamed = has_unnamed_change([*known, *fresh])
    # A table that can't be reached must not fail a request that has been committed; the sweep tries again.
    transaction.on_commit(publication.publish_or_log)


def record(*names: str) -> Publication:
    """Write down that ``names`` change, one row for each; whoever calls this publishes it."""
    publication = Publication(names, new_number(), is_unnamed=has_unnamed_change(names))
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(INSERT, [name, publication.number])
    return publication


def current(name: str) -> int | None:
    """Return the version of ``name``; None where it has none, so that nothing is cached.

    That is where this transaction has bumped it, and where the table can't be
    read. Ask before reading what it is the version of.
    """
    names = {name, *(unnamed(family) for family, prefix in families().items() if name.startswith(prefix))}
    if any(names & {*publication.names} or publication.is_unnamed for publication in pending()):
        return None
    table = version_table()
    try:
        table.generation()
    except Exception:  # of the file system, or of Redis
        return None
    slots = {slot(one) for one in names}  # two names may share one, which xor would cancel out
    return reduce(xor, map(table.read, slots))


def pending() -> list[Publication]:
    """Return what the transaction under way has bumped; a rollback takes back what was bumped in it."""
    waiting = (getattr(entry[1], "__self__", None) for entry in connection.run_on_commit)
    return [one for one in waiting if isinstance(one, Publication)]


# --- Families: tables whose rows belong to finer names, such as the comments of one page -------------------


def families() -> Mapping[str, str]:
    """Return how the finer names of each family begin."""
    return settings.PAGE_CACHE_TABLES["families"]


def has_unnamed_change(names: Collection[str]) -> bool:
    return any(
        family in names and not any(name.startswith(prefix) for name in names)
        for family, prefix in families().items()
    )


def with_unnamed(names: Iterable[str]) -> list[str]:
    return [*names, *(unnamed(name) for name in names if name in families())]
