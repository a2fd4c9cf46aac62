"""Which versions of pages a test's code has bumped, though no test's transaction is ever committed."""

from __future__ import annotations

from django.db import connection

from pagecache.models import Change
from pagecache.version_table import VersionTable, changed, new_number
from pagecache.versions import Publication


def forget_bumps() -> None:
    """Start anew, as another transaction would."""
    Change.objects.all().delete()
    lose_bumps()


def lose_bumps() -> None:
    """Leave what was written down unpublished, as a process that is killed after its commit."""
    connection.run_on_commit = [
        waiting
        for waiting in connection.run_on_commit
        if not isinstance(getattr(waiting[1], "__self__", None), Publication)
    ]


def publish_bumps() -> None:
    """Do what a commit would: from now on, what is read may be kept."""
    for _savepoints, hook, _robust in connection.run_on_commit:
        if isinstance(publication := getattr(hook, "__self__", None), Publication):
            publication.publish_or_log()
    forget_bumps()


def bumped_discussions() -> list[str]:
    """Return the names of discussions bumped since, each once."""
    names = Change.objects.filter(name__startswith="discussion/").order_by("name")
    return list(names.values_list("name", flat=True).distinct())


def publish(table: VersionTable, *names: str) -> None:
    """Let ``names`` have changed, as a process that commits does."""
    table.write(changed(names, new_number()))
