"""Whether every comment has the position it should have, and repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django_comments.models import Comment as PlainComment

from discussion.models import Comment, State
from discussion.models.thread_position import comment_row_deleted, version_name, xtd_rows
from discussion.threads.rebuild import CommentPosition, Position, rebuild
from pagecache import versions

COLUMNS = (
    "page_id", "pk", "reply_to_id", "thread_id", "parent_id", "level", "order", "nested_count",
    "state", "is_public", "is_removed", "object_pk",
)  # fmt: skip
POSITION_COLUMNS = {
    "thread": "thread_id", "parent": "parent_id", "level": "level",
    "order": "order", "beneath": "nested_count",
}  # fmt: skip
Row = tuple[Any, ...]


@dataclass
class IntegrityReport:
    """What was looked at and what was wrong: how often each column, on which pages, and rows of nothing."""

    comments: int = 0
    pages: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    pages_wrong: list[int] = field(default_factory=list)
    orphans: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.wrong and not self.orphans


def check_integrity(*, repair: bool = False) -> IntegrityReport:
    """Look at every comment of every page; with ``repair`` put right what is wrong, one page at a time.

    Orphans, rows that are no comment of ours, are counted and left alone: what
    they were can't be known.
    """
    report = IntegrityReport(
        orphans=PlainComment.objects.filter(xtdcomment__discussion_comment=None).order_by().count()
    )
    rows = _rows_of(Comment.objects.all())
    for page, lines in groupby(rows.iterator(chunk_size=2_000), key=itemgetter(0)):
        seen = list(lines)
        report.comments, report.pages = report.comments + len(seen), report.pages + 1
        if wrong := _wrong(seen):
            report.pages_wrong.append(page)
            for columns in wrong.values():
                report.wrong.update(columns.keys())
    if repair:
        for page in report.pages_wrong:
            repair_page(page)
    return report


@transaction.atomic
def repair_page(page: int) -> None:
    """Put every thread of a page right while nobody can be given a place in it."""
    comments = Comment.objects.filter(page_id=page)
    tops = xtd_rows.filter(pk__in=comments.order_by().values("thread_id")).order_by("pk")
    list(tops.select_for_update(no_key=True).values_list("pk"))
    for pk, columns in _wrong(list(_rows_of(comments))).items():
        in_thread = {name: value for name, value in columns.items() if name in POSITION_COLUMNS.values()}
        plain = {name: value for name, value in columns.items() if name not in in_thread}
        if in_thread:
            xtd_rows.filter(pk=pk).update(**in_thread)
        if plain:
            PlainComment.objects.filter(pk=pk).update(**plain)
    versions.bump(version_name(page))


@receiver(comment_row_deleted)
def close_gap(page_id: int, **signal: object) -> None:
    """Repair the page from which a row was deleted, in the transaction that deleted it."""
    repair_page(page_id)


def _rows_of(comments: QuerySet[Comment]) -> QuerySet[Comment, Row]:
    return comments.order_by("page_id", "pk").values_list(*COLUMNS)


def _wrong(lines: list[Row]) -> dict[int, dict[str, Any]]:
    """Return what each comment of one page should say instead, column by column."""
    known = [_known(line) for line in lines]
    positions = rebuild(known, deepest=settings.COMMENTS_XTD_MAX_THREAD_LEVEL)
    wrong: dict[int, dict[str, Any]] = {}
    for line, one in zip(lines, known, strict=True):
        columns = dict(_misplaced(one.position, positions[one.pk])) | dict(_mislabelled(line))
        if columns:
            wrong[one.pk] = columns
    return wrong


def _known(line: Row) -> CommentPosition:
    _, pk, reply_to, thread, parent, level, order, beneath, state, *_ = line
    return CommentPosition(
        pk, reply_to, Position(thread, parent, level, order, beneath), state == State.PUBLISHED
    )


def _misplaced(is_now: Position, should_be: Position) -> Iterator[tuple[str, int]]:
    for name, column in POSITION_COLUMNS.items():
        if getattr(is_now, name) != getattr(should_be, name):
            yield column, getattr(should_be, name)


def _mislabelled(line: Row) -> Iterator[tuple[str, object]]:
    """Yield what the package's own columns should say: they follow our state and page."""
    page, state, columns = line[0], State(line[8]), line[9:]
    should = {
        "is_public": state == State.PUBLISHED,
        "is_removed": state.is_gone,
        "object_pk": str(page),
    }
    for (column, value), now in zip(should.items(), columns, strict=True):
        if value != now:
            yield column, value
