"""Signals after which entries are out of date: pages published, files read, comments changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from accounts.models import User
from discussion.models import Comment
from papers.files.signals import file_read
from papers.models import Edition, FileRecord, Paper
from publishing.models import Author
from search import tasks
from search.models import Entry

SHOWN_OF_MEMBERS = {"name", "role", "organisation", "is_active"}
# Pages whose comments are being saved in bulk.
_deferred: ContextVar[frozenset[int]] = ContextVar("deferred", default=frozenset())


@contextmanager
def defer_comments(page_id: int) -> Iterator[None]:
    """Ignore single comments on a page inside the block; index the whole page once at its end."""
    token = _deferred.set(_deferred.get() | {page_id})
    try:
        yield
    finally:
        _deferred.reset(token)
    enqueue_on_commit(tasks.index_page, page_id)


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(on_page_changed, dispatch_uid="search")
    post_save.connect(on_edition_changed, sender=Edition, dispatch_uid="search")
    file_read.connect(on_file_read, dispatch_uid="search")
    post_save.connect(on_comment_changed, sender=Comment, dispatch_uid="search")
    post_delete.connect(on_comment_deleted, sender=Comment, dispatch_uid="search")
    post_save.connect(on_member_changed, sender=User, dispatch_uid="search")
    post_delete.connect(on_member_deleted, sender=User, dispatch_uid="search")
    post_save.connect(on_author_changed, sender=Author, dispatch_uid="search")


def on_page_changed(instance: Any, **_extra: Any) -> None:
    if isinstance(instance, Paper) and instance.newest_edition is None:
        delete_pdf_pages(instance.pk)
    enqueue_on_commit(tasks.index_page, instance.pk)


def on_edition_changed(instance: Edition, **_extra: Any) -> None:
    if instance.is_withdrawn or instance.is_embargoed:
        delete_pdf_pages(instance.paper_id)
    enqueue_on_commit(tasks.index_page, instance.paper_id)


def delete_pdf_pages(paper_id: int) -> None:
    """Remove the pages of a closed file at once, before the task runs that indexes the rest."""
    Entry.objects.filter(page_id=paper_id, kind=Entry.Kind.PDF_PAGE).delete()


def on_file_read(record: FileRecord, **_extra: Any) -> None:
    for paper_id in Edition.objects.filter(document_id=record.document_id).values_list("paper_id", flat=True):
        enqueue_on_commit(tasks.index_page, paper_id)


def on_comment_changed(instance: Comment, **_extra: Any) -> None:
    # Unconfirmed comments are not findable; they get no task each.
    if instance.state != Comment.State.UNCONFIRMED and instance.page_id not in _deferred.get():
        enqueue_on_commit(tasks.index_comment, instance.pk, instance.page_id)


def on_comment_deleted(instance: Comment, origin: Any = None, **_extra: Any) -> None:
    # A page's entries are deleted with it; its comments need no task each.
    if not issubclass(getattr(origin, "model", type(origin)), Page):
        on_comment_changed(instance)


def on_member_changed(
    instance: User, created: bool, update_fields: Iterable[str] | None = None, **_extra: Any
) -> None:
    if not created and (update_fields is None or SHOWN_OF_MEMBERS & set(update_fields)):
        enqueue_on_commit(tasks.index_member, instance.pk)


def on_member_deleted(instance: User, **_extra: Any) -> None:
    # At once: the tasks of the erased comments may run later.
    Entry.objects.filter(person=f"member:{instance.pk}").delete()


def on_author_changed(instance: Author, created: bool, **_extra: Any) -> None:
    if not created:
        enqueue_on_commit(tasks.index_author, instance.pk)


def enqueue_on_commit(task: Any, *keys: int) -> None:
    transaction.on_commit(lambda: task.enqueue(*keys), robust=True)
