"""What makes an entry stale: published pages, files that were read, comments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from discussion.models import Comment
from papers.files.signals import file_read
from papers.models import Edition, FileRecord, Paper
from search import tasks
from search.models import Entry

# Pages whose comments are being written in bulk.
_quiet: ContextVar[frozenset[int]] = ContextVar("quiet", default=frozenset())


@contextmanager
def quiet(page_id: int) -> Iterator[None]:
    """Hear nothing of single comments on a page for a while; write all its entries once at the end."""
    token = _quiet.set(_quiet.get() | {page_id})
    try:
        yield
    finally:
        _quiet.reset(token)
    later(tasks.write_page, page_id)


def listen() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(page_changed, dispatch_uid="search")
    post_save.connect(edition_changed, sender=Edition, dispatch_uid="search")
    file_read.connect(file_was_read, dispatch_uid="search")
    post_save.connect(comment_changed, sender=Comment, dispatch_uid="search")
    post_delete.connect(comment_deleted, sender=Comment, dispatch_uid="search")


def page_changed(instance: Any, **_extra: Any) -> None:
    if isinstance(instance, Paper) and instance.newest_edition is None:
        forget_sheets(instance.pk)
    later(tasks.write_page, instance.pk)


def edition_changed(instance: Edition, **_extra: Any) -> None:
    if instance.is_withdrawn or instance.is_embargoed:
        forget_sheets(instance.paper_id)
    later(tasks.write_page, instance.paper_id)


def forget_sheets(paper_id: int) -> None:
    """Let nobody find the pages of a closed file, even before the task has run that writes the rest."""
    Entry.objects.filter(page_id=paper_id, kind=Entry.Kind.SHEET).delete()


def file_was_read(record: FileRecord, **_extra: Any) -> None:
    for paper_id in Edition.objects.filter(document_id=record.document_id).values_list("paper_id", flat=True):
        later(tasks.write_page, paper_id)


def comment_changed(instance: Comment, **_extra: Any) -> None:
    # A guest's unconfirmed words are nobody's to find; no task for each of them.
    if instance.state != Comment.State.UNCONFIRMED and instance.page_id not in _quiet.get():
        later(tasks.write_comment, instance.pk, instance.page_id)


def comment_deleted(instance: Comment, origin: Any = None, **_extra: Any) -> None:
    # With a page go its entries, and nobody needs a task for each of its comments.
    if not issubclass(getattr(origin, "model", type(origin)), Page):
        comment_changed(instance)


def later(deed: Any, *keys: int) -> None:
    transaction.on_commit(lambda: deed.enqueue(*keys))
