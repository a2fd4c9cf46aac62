"""Read every stored PDF and compare its checksum with the one taken when it came in."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from papers.models import FileRecord
from publishing.models import SiteDocument

CHUNK_BYTES = 1024 * 1024
CHANGED, MISSING = "changed", "missing"


class Command(BaseCommand):
    help = "Compare the checksum of every stored PDF. Ends with status 1 where one has changed or is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        total, bad = 0, 0
        records = FileRecord.objects.select_related("document").order_by("pk")
        for record in records.iterator(chunk_size=200):
            total += 1
            if problem := problem_of(record):
                bad += 1
                self.stdout.write(f"{problem}: {describe(record)}")
        unrecorded = SiteDocument.objects.filter(file__iendswith=".pdf", record__isnull=True).count()
        if unrecorded:
            self.stdout.write(f"{unrecorded} PDFs have no checksum yet. The reading task will add it.")
        if bad:
            raise CommandError(f"{bad} of {total} files have changed or are missing.")
        self.stdout.write(f"{total} files are unchanged.")


def problem_of(record: FileRecord) -> str:
    """Return "changed" or "missing"; empty if the file is as it was."""
    digest = hashlib.sha256()
    file = record.document.file
    try:
        with file.storage.open(file.name, "rb") as stored:
            while chunk := stored.read(CHUNK_BYTES):
                digest.update(chunk)
    except OSError:
        return MISSING
    return "" if digest.hexdigest() == record.sha256 else CHANGED


def describe(record: FileRecord) -> str:
    """Return which file it is: its editions or document, its name in the storage, its checksum."""
    editions = [str(edition) for edition in record.document.editions.select_related("paper")]
    where = "; ".join(editions) or f"“{record.document.title}”"
    return f"{where} (document {record.document_id}, {record.document.file.name}, {record.sha256})"
