"""What follows when a paper is published, or a document saved or deleted."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published

from pagecache import versions
from papers.editions.models import Edition
from papers.files.models import FileRecord, cover_variants
from papers.files.signals import file_read
from papers.intake.forms import is_pdf
from papers.intake.tasks import read_file
from papers.pages import Paper
from papers.reader import page_images
from publishing.models import SiteDocument

NOT_EXAMINED = object()  # not None, which stands for a file that is no PDF


def connect() -> None:
    page_published.connect(publish_scheduled_editions, sender=Paper)
    post_save.connect(on_document_saved, sender=SiteDocument)
    post_delete.connect(on_record_deleted, sender=FileRecord)
    post_save.connect(invalidate_paper_page, sender=Edition)
    post_delete.connect(invalidate_paper_page, sender=Edition)
    file_read.connect(on_file_read, sender=FileRecord)


def publish_scheduled_editions(instance: Paper, **kwargs: Any) -> None:
    """Publish the draft editions that wait for their paper, whatever published it."""
    if not instance.live:  # Wagtail sends this for a paper that is only scheduled, too
        return
    for edition in Edition.objects.filter(paper=instance).scheduled_with_paper():
        edition.publish()


def invalidate_paper_page(instance: Edition, **kwargs: Any) -> None:
    """Drop cached pages that show the paper: one of its editions has changed."""
    versions.bump(f"page/{instance.paper_id}")


def on_file_read(record: FileRecord, **kwargs: Any) -> None:
    for edition in Edition.objects.filter(document=record.document_id):
        invalidate_paper_page(edition)


def on_document_saved(instance: SiteDocument, *, raw: bool = False, **kwargs: Any) -> None:
    """Store what the form found out about a new file, and queue the reading of it."""
    examination = instance.__dict__.pop("examination", NOT_EXAMINED)
    if raw:
        return
    if examination is None:
        FileRecord.objects.filter(document=instance).delete()
    elif examination is not NOT_EXAMINED:
        FileRecord.objects.create_for(instance, examination)
        queue_reading(instance)
    elif is_pdf(instance.file.name) and not FileRecord.objects.filter(document=instance).exists():
        queue_reading(instance)


def queue_reading(document: SiteDocument) -> None:
    # Should the process end before this runs, requeue_stuck queues it again.
    # No partial: Django logs what fails here by the function's name, and fails itself for one without.
    pk = document.pk
    transaction.on_commit(lambda: read_file.enqueue(pk), robust=True)


def on_record_deleted(instance: FileRecord, **kwargs: Any) -> None:
    """Delete the cover and the page images, unless the same PDF is here twice."""
    name, sha256 = instance.cover.name, instance.sha256
    if name:
        transaction.on_commit(lambda: delete_cover(name), robust=True)
    transaction.on_commit(lambda: delete_page_images(sha256), robust=True)


def delete_page_images(sha256: str) -> None:
    if not FileRecord.objects.filter(sha256=sha256).exists():
        page_images.delete_images(sha256)


def delete_cover(name: str) -> None:
    if not FileRecord.objects.filter(cover=name).exists():
        for variant in cover_variants(name):
            default_storage.delete(variant)
