"""Changes whose publication was lost: found by a sweep every few seconds."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections, transaction

from pagecache import sql
from pagecache.entry_store import prune
from pagecache.models import Change, DatabaseMark
from pagecache.version_table import GENERATION, MARK, changed, new_number, published_index
from pagecache.versions import version_table, with_unnamed

MAX_ROWS = 10_000  # in one sweep
MAX_STORE_BYTES = 512 * 1024 * 1024


def sweep() -> int:
    """Publish what was committed but not published, and forget all that is; return how many were lost.

    A process that ends between a commit and its publication leaves pages that
    are out of date until the next sweep. So does a backup that is restored:
    its mark is another one than the table's, and everything is thrown away.
    """
    table = version_table()
    table.generation()
    check_mark()
    rows = list(Change.objects.order_by("pk")[:MAX_ROWS])
    if len(rows) == MAX_ROWS:  # names that were bumped together have one number, and are published together
        rows += Change.objects.filter(number=rows[-1].number, pk__gt=rows[-1].pk)
    lost = [row for row in rows if table.read(published_index(row.number)) != row.number]
    for row in lost:
        table.write(changed(with_unnamed([row.name]), row.number))
    if rows:
        with transaction.atomic():
            Change.objects.filter(pk__in=[row.pk for row in rows]).delete()
            _renew_mark()
    return len(lost)


def check_mark() -> None:
    """Clear the table where its mark is not the database's: it is about another state of the data."""
    table = version_table()
    mark = DatabaseMark.objects.values_list("number", flat=True).first()
    if mark is None or table.read(MARK) != mark:
        clear()
        with transaction.atomic():
            _renew_mark()


def _renew_mark() -> None:
    """Give database and table a new mark, in common; the table's follows the commit."""
    number = new_number()
    DatabaseMark.objects.update_or_create(pk=1, defaults={"number": number})
    transaction.on_commit(lambda: version_table().write({MARK: number, GENERATION: new_number()}))


def clear() -> None:
    """Make everything kept out of date, in every process."""
    version_table().clear()


def after_migration(**kwargs: Any) -> None:
    """Follow the connection again, and let nothing be current that was rendered before."""
    sql.install(connection=connections["default"])
    clear()


def prune_entries() -> int:
    """Delete the oldest entries of the disk while they are too many; return how many."""
    return prune(settings.PAGE_CACHE_FOLDER / "entries", max_bytes=MAX_STORE_BYTES)
