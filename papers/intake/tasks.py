"""What the task worker does with a file that came in."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone
from django_tasks import task

from papers.files import warnings
from papers.files.local_file import on_disk
from papers.files.signals import file_read
from papers.intake.forms import is_pdf
from papers.models import Edition, FileRecord, FileReport
from papers.pdf import reader
from papers.pdf.accessibility import check as structure
from papers.pdf.preflight import PreflightError, PreflightResult, run_preflight
from papers.pdf.sandbox import SandboxError
from publishing.models import SiteDocument

OVERDUE = timedelta(minutes=10)


@task()
def read_file(document_pk: int) -> None:
    """Learn what a document's PDF says; running it twice changes nothing.

    A file that can't be read keeps its record, marked as failed. An error that
    is no fault of the file is raised; the record says so and goes on waiting
    for ``read_overdue`` to try again.
    """
    document = SiteDocument.objects.filter(pk=document_pk).first()
    record = None if document is None else recorded(document)
    if record is None:
        return
    if record.state == FileRecord.State.READ:
        check_again(record)
        return
    try:
        with on_disk(record.document.file) as path, TemporaryDirectory(prefix="colloquy-cover-") as folder:
            kept = record.learn(reader.read(path, cover_path=Path(folder) / "cover.webp"))
            if kept:
                check(record, path)
    except SandboxError:
        kept = record.give_up(warnings.FILE_UNREADABLE)
    except Exception:
        record.wait_on(warnings.READER_FAILED)
        raise
    if kept:
        file_read.send_robust(sender=FileRecord, record=record, document=document)


def check_again(record: FileRecord) -> None:
    """Check a file that was read but has no report: it came before there was a gate, or somebody asked."""
    if not FileReport.objects.filter(record=record).exists():
        with on_disk(record.document.file) as path:
            check(record, path)


def check(record: FileRecord, path: Path) -> None:
    letters = [len(text) for text in record.pages.order_by("number").values_list("text", flat=True)]
    FileReport.objects.keep(record, structure.check(path, letters_per_page=letters))


def recorded(document: SiteDocument) -> FileRecord | None:
    """Return the record of a document's file, made now where no form did; None for what is no PDF by name."""
    record = FileRecord.objects.select_related("document").filter(document=document).first()
    if record is not None or not is_pdf(document.file.name):
        return record
    with on_disk(document.file) as path:
        try:
            return FileRecord.objects.begin(document, run_preflight(path))
        except PreflightError:
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            unread = FileRecord.objects.begin(document, PreflightResult(0, path.stat().st_size, sha256))
            unread.give_up(warnings.FILE_UNREADABLE)
            return None


def read_overdue() -> int:
    """Ask again for files whose reading never happened; return how many. To be run every few minutes."""
    before = timezone.now() - OVERDUE
    waiting = FileRecord.objects.filter(state=FileRecord.State.WAITING, asked_at__lt=before)
    unrecorded = SiteDocument.objects.filter(
        file__iendswith=".pdf", record__isnull=True, created_at__lt=before
    )
    unchecked = FileRecord.objects.filter(
        state=FileRecord.State.READ, report__isnull=True, asked_at__lt=before
    )
    documents = {
        *waiting.values_list("document_id", flat=True),
        *unrecorded.values_list("pk", flat=True),
        *unchecked.values_list("document_id", flat=True),
    }
    unchecked.update(asked_at=timezone.now())
    waiting.update(asked_at=timezone.now())
    for document in documents:
        read_file.enqueue(document)
    return len(documents)


def lift_embargoes() -> int:
    """Tell pages and search of files whose time has come; return how many. To be run every minute.

    Doors need no telling: they ask the clock.
    """
    overdue = list(Edition.objects.overdue().select_related("paper"))
    for edition in overdue:
        edition.save(update_fields=["waits"])
    return len(overdue)
