"""What the task worker and the scheduler do with files that came in."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone
from django_tasks import task

from papers.accessibility.models import AccessibilityReport
from papers.files import warnings
from papers.files.models import FileRecord
from papers.files.signals import file_read
from papers.intake.forms import is_pdf
from papers.pdf import reader
from papers.pdf.accessibility import check as accessibility_check
from papers.pdf.preflight import PreflightError, PreflightResult, run_preflight
from papers.reader import page_images
from publishing.models import SiteDocument
from sandbox import SandboxError
from sandbox.local_file import on_disk

STUCK_AFTER = timedelta(minutes=10)


@task()
def read_file(document_pk: int) -> None:
    """Read a document's PDF and check it; running it twice changes nothing.

    A file that can't be read keeps its record, marked as failed. An error that
    is no fault of the file is raised; the record then stays in the waiting
    state for ``requeue_stuck`` to try again.
    """
    document = SiteDocument.objects.filter(pk=document_pk).first()
    record = None if document is None else get_or_create_record(document)
    if record is None:
        return
    if record.state == FileRecord.State.READ:
        check_if_missing(record)
        return
    try:
        with on_disk(record.document.file) as path, TemporaryDirectory(prefix="colloquy-cover-") as folder:
            is_saved = record.store_text(reader.read(path, cover_path=Path(folder) / "cover.webp"))
            if is_saved:
                check(record, path)
    except SandboxError:
        is_saved = record.mark_failed(warnings.FILE_UNREADABLE)
    except Exception:
        record.mark_retry(warnings.READER_FAILED)
        raise
    if is_saved:
        file_read.send_robust(sender=FileRecord, record=record, document=document)
        render_first_pages.enqueue(document_pk)


@task()
def render_first_pages(document_pk: int) -> None:
    """Render the pages that readers open first, so that no reader's request has to."""
    record = FileRecord.objects.select_related("document").filter(document=document_pk).first()
    if record is not None and record.state == FileRecord.State.READ:
        page_images.render_ahead(record)


def check_if_missing(record: FileRecord) -> None:
    """Check a file that was read but has no report: it is old, or somebody asked for a new check."""
    if not AccessibilityReport.objects.filter(record=record).exists():
        with on_disk(record.document.file) as path:
            check(record, path)


def check(record: FileRecord, path: Path) -> None:
    lengths = [len(text) for text in record.pages.order_by("number").values_list("text", flat=True)]
    AccessibilityReport.objects.store(record, accessibility_check.check(path, letters_per_page=lengths))


def get_or_create_record(document: SiteDocument) -> FileRecord | None:
    """Return the record of a document's file, made now if no form did.

    None for a file whose name is no PDF's, and for one that can't be opened: its
    record is made, marked as failed.
    """
    record = FileRecord.objects.select_related("document").filter(document=document).first()
    if record is not None or not is_pdf(document.file.name):
        return record
    with on_disk(document.file) as path:
        try:
            return FileRecord.objects.create_for(document, run_preflight(path))
        except PreflightError:
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            unread = FileRecord.objects.create_for(document, PreflightResult(0, path.stat().st_size, sha256))
            unread.mark_failed(warnings.FILE_UNREADABLE)
            return None


def requeue_stuck() -> int:
    """Queue files again whose reading never happened; return how many. Runs every few minutes."""
    before = timezone.now() - STUCK_AFTER
    waiting = FileRecord.objects.filter(state=FileRecord.State.WAITING, queued_at__lt=before)
    unrecorded = SiteDocument.objects.filter(
        file__iendswith=".pdf", record__isnull=True, created_at__lt=before
    )
    unchecked = FileRecord.objects.filter(
        state=FileRecord.State.READ, accessibility_report__isnull=True, queued_at__lt=before
    )
    documents = {
        *waiting.values_list("document_id", flat=True),
        *unrecorded.values_list("pk", flat=True),
        *unchecked.values_list("document_id", flat=True),
    }
    unchecked.update(queued_at=timezone.now())
    waiting.update(queued_at=timezone.now())
    for document_id in documents:
        read_file.enqueue(document_id)
    return len(documents)
