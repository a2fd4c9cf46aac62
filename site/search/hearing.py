"""What makes an entry stale: published pages, files that were read, comments."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from discussion.models import Comment
from papers.models import Edition
from papers.signals import file_read
from search import tasks


def listen() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(page_changed, dispatch_uid="search")
    post_save.connect(edition_changed, sender=Edition, dispatch_uid="search")
    file_read.connect(file_was_read, dispatch_uid="search")
    post_save.connect(comment_changed, sender=Comment, dispatch_uid="search")
    post_delete.connect(comment_changed, sender=Comment, dispatch_uid="search")


def page_changed(instance: Any, **_extra: Any) -> None:
    later(tasks.write_page, instance.pk)


def edition_changed(instance: Edition, **_extra: Any) -> None:
    later(tasks.write_page, instance.paper_id)


def file_was_read(document: Any, **_extra: Any) -> None:
    for paper_id in Edition.objects.filter(document=document).values_list("paper_id", flat=True):
        later(tasks.write_page, paper_id)


def comment_changed(instance: Comment, **_extra: Any) -> None:
    # A guest's unconfirmed words are nobody's to find; no task for each of them.
    if instance.state != Comment.State.UNCONFIRMED:
        later(tasks.write_comment, instance.pk, instance.page_id)


def later(deed: Any, *keys: int) -> None:
    transaction.on_commit(lambda: deed.enqueue(*keys))
