"""What a page that is being rendered shows, and until when: gathered while its queries run.

``sql`` notes every table that a query reads. Where that would be too coarse,
``covered_by`` gives what is read inside it a finer name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Min, QuerySet
from django.utils import timezone

from pagecache.version_table import VersionTable, slot, unnamed

# What is read once per process and not again for each page: the site, its language, its content types.
ALWAYS = ("wagtailcore_site", "wagtailcore_locale", "django_site", "django_content_type")


@dataclass
class Dependencies:
    """The versions of everything that one rendering has read, each as it was before it was read.

    A version that was read too early only makes the page be rendered once more.
    """

    table: VersionTable
    expires_at: float  # seconds since 1970
    names: set[str] = field(default_factory=set)
    versions: dict[int, int] = field(default_factory=dict)
    untracked: set[str] = field(default_factory=set)  # tables whose changes nobody would notice

    def add(self, name: str) -> None:
        if name not in self.names:
            self.names.add(name)
            index = slot(name)
            self.versions.setdefault(index, self.table.read(index))

    def expire(self, moment: float) -> None:
        self.expires_at = min(self.expires_at, moment)

    def include(self, inner: Dependencies) -> None:
        """Depend on all that something kept depends on, which is shown here."""
        self.names |= inner.names
        for index, number in inner.versions.items():
            self.versions.setdefault(index, number)
        self.expire(inner.expires_at)
        self.untracked |= inner.untracked

    def are_current(self, now: float) -> bool:
        """Say whether nothing has changed since; ask the table for its generation first."""
        return now < self.expires_at and all(
            self.table.read(index) == number for index, number in self.versions.items()
        )


_current: ContextVar[Dependencies | None] = ContextVar("dependencies", default=None)
_cover: ContextVar[frozenset[str]] = ContextVar("cover", default=frozenset())


@contextmanager
def gathered(dependencies: Dependencies) -> Iterator[Dependencies]:
    """Note in ``dependencies`` what is read inside the block."""
    token = _current.set(dependencies)
    try:
        for name in ALWAYS:
            dependencies.add(name)
        yield dependencies
    finally:
        _current.reset(token)


def current_dependencies() -> Dependencies | None:
    return _current.get()


@contextmanager
def covered_by(name: str, *, instead_of: str) -> Iterator[None]:
    """Inside the block, what is read of the family ``instead_of`` depends on one of its finer names only.

    For queries that can't give another result unless the name is bumped.
    """
    depends_on(name, unnamed(instead_of))
    token = _cover.set(_cover.get() | {instead_of})
    try:
        yield
    finally:
        _cover.reset(token)


@contextmanager
def uncovered() -> Iterator[None]:
    """Inside the block, every table that is read counts, whatever covers the block."""
    token = _cover.set(frozenset())
    try:
        yield
    finally:
        _cover.reset(token)


def is_covered(name: str) -> bool:
    return name in _cover.get()


def depends_on(*names: str) -> None:
    """Note something that is read without a query, such as a file."""
    if dependencies := _current.get():
        for name in names:
            dependencies.add(name)


def expire_with(rows: QuerySet, field: str) -> None:
    """Say that what is being rendered is right until the first of ``rows`` has its moment; one query."""
    if _current.get() is not None:
        expires_at(rows.order_by().aggregate(first=Min(field))["first"])


def next_midnight() -> datetime:
    """Return when the next day begins where the site is."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)


def expires_at(moment: datetime | None) -> None:
    """Say that what is being rendered is right until ``moment`` at most; None for no such moment."""
    dependencies = _current.get()
    if dependencies and moment is not None:
        dependencies.expire(moment.timestamp())


def keep_nothing() -> None:
    """Say that nothing tells when what is being rendered changes, such as a file that may come back."""
    if dependencies := _current.get():
        dependencies.expire(0.0)
