"""What follows when a paper is published, or a document saved or deleted."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published

from pagecache import versions
from papers.files.models import kinds_of_cover, public_storage
from papers.files.signals import file_read
from papers.intake.forms import is_pdf
from papers.intake.tasks import read_file
from papers.models import Edition, FileRecord, Paper
from papers.reader import page_images
from publishing.models import SiteDocument

UNSEEN = object()  # not None, which stands for a file that is no PDF


def connect() -> None:
    page_published.connect(publish_with_the_paper, sender=Paper)
    post_save.connect(note_the_file, sender=SiteDocument)
    post_delete.connect(drop_the_cover, sender=FileRecord)
    post_save.connect(show_the_change, sender=Edition)
    post_delete.connect(show_the_change, sender=Edition)
    file_read.connect(show_what_was_read, sender=FileRecord)


def publish_with_the_paper(instance: Paper, **kwargs: Any) -> None:
    """Publish the draft editions that wait for it, whoever or whatever published the paper."""
    if not instance.live:  # Wagtail sends this for a paper that is only scheduled, too
        return
    for edition in Edition.objects.filter(paper=instance).following():
        edition.publish()


def show_the_change(instance: Edition, **kwargs: Any) -> None:
    """Let kept pages that show the paper know that one of its editions is another now."""
    versions.bump(f"page/{instance.paper_id}")


def show_what_was_read(record: FileRecord, **kwargs: Any) -> None:
    for edition in Edition.objects.filter(document=record.document_id):
        show_the_change(edition)


def note_the_file(instance: SiteDocument, *, raw: bool = False, **kwargs: Any) -> None:
    """Write down what the form learned of a new file, and ask for it to be read."""
    examination = instance.__dict__.pop("examination", UNSEEN)
    if raw:
        return
    if examination is None:
        FileRecord.objects.filter(document=instance).delete()
    elif examination is not UNSEEN:
        FileRecord.objects.begin(instance, examination)
        ask_for_a_reading(instance)
    elif is_pdf(instance.file.name) and not FileRecord.objects.filter(document=instance).exists():
        ask_for_a_reading(instance)


def ask_for_a_reading(document: SiteDocument) -> None:
    # Should the process end before this runs, read_overdue asks again.
    transaction.on_commit(partial(read_file.enqueue, document.pk), robust=True)


def drop_the_cover(instance: FileRecord, **kwargs: Any) -> None:
    """Delete the pictures of a file nobody has any more; the same PDF may be here twice."""
    if name := instance.cover.name:
        transaction.on_commit(partial(delete_pictures, name), robust=True)
    transaction.on_commit(partial(forget_pages, instance.sha256), robust=True)


def forget_pages(sha256: str) -> None:
    if not FileRecord.objects.filter(sha256=sha256).exists():
        page_images.forget(sha256)


def delete_pictures(name: str) -> None:
    if not FileRecord.objects.filter(cover=name).exists():
        for kind in kinds_of_cover(name):
            public_storage().delete(kind)
