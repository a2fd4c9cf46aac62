"""What the worker learns of a file that came in."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from papers.files.signals import file_read
from papers.files.warnings import READER_FAILED
from papers.intake.forms import create_document
from papers.intake.tasks import read_file, requeue_stuck
from papers.models import AccessibilityReport, FileRecord, PageText
from papers.pdf.accessibility.check import IssueCode
from papers.pdf.preflight import PreflightResult
from papers.pdf.reader import PdfContent
from publishing.models import SiteDocument
from tests.papers.pdf.test_preflight import REAL_PAGES, real
from tests.support.paper_files import make_document, make_edition, pdf_bytes, upload
from tests.support.pdf_files import make_locked_pdf, make_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def records_read():
    """Return the records for which ``file_read`` was sent, in order."""
    records = []

    def on_file_read(sender, record, document, **kwargs):
        assert record.document == document
        records.append(record)

    file_read.connect(on_file_read)
    yield records
    file_read.disconnect(on_file_read)


def covers(content):
    """Return the stored pictures of a file; other tests store theirs beside them."""
    stored = default_storage.listdir("covers")[1] if default_storage.exists("covers") else []
    return sorted(name for name in stored if name.startswith(hashlib.sha256(content).hexdigest()))


def test_a_file_is_read_after_commit(run_on_commit, records_read):
    with run_on_commit():
        document = create_document(upload(pdf_bytes(pages=2, words="Shared buses")), title="Buses")

    record = FileRecord.objects.get(document=document)
    assert record.state == FileRecord.State.READ
    assert [page.text for page in record.pages.all()] == ["Shared buses, page 1", "Shared buses, page 2"]
    assert [page.number for page in record.pages.all()] == [1, 2]
    assert record.read_at is not None
    assert records_read == [record]


def test_a_real_paper_gives_title_outline_version_and_a_cover(run_on_commit):
    with run_on_commit():
        document = create_document(upload(real("pdflatex-outline.pdf").read_bytes()), title="Outline")

    record = document.record
    record.refresh_from_db()
    assert record.version == "1.5"
    assert record.outline[0].keys() == {"level", "title", "page"}
    assert record.pages.count() == 4
    assert record.cover_image["width"] == 480
    assert record.cover_image["url"].startswith(f"/papers/covers/{record.sha256}-")
    assert record.jpeg_url.endswith(".jpg")


@pytest.mark.parametrize("name", sorted(REAL_PAGES))
def test_every_given_pdf_is_read_and_stands_on_its_papers_page(client, run_on_commit, name):
    with run_on_commit():
        document = create_document(upload(real(name).read_bytes(), name), title=name)
        edition = make_edition(document=document)

    record = FileRecord.objects.get(document=document)
    page = client.get(edition.paper.url).content.decode()
    assert (record.state, record.pages.count()) == (FileRecord.State.READ, REAL_PAGES[name])
    assert record.file_summary in page
    assert record.cover_image["url"] in page
    assert f'<source type="image/avif" srcset="{record.cover_image["avif"]}">' in page


def test_a_cover_and_its_twins_are_served_as_what_they_are(run_on_commit, client):
    with run_on_commit():
        document = create_document(upload(pdf_bytes()), title="Buses")
        make_edition(document=document)
    record = FileRecord.objects.get(document=document)

    addresses = [record.cover_image["url"], record.jpeg_url, record.cover_image["avif"]]
    webp, jpeg, avif = (client.get(address) for address in addresses)

    kinds = [webp["Content-Type"], jpeg["Content-Type"], avif["Content-Type"]]
    assert kinds == ["image/webp", "image/jpeg", "image/avif"]
    assert b"".join(avif.streaming_content)[4:12] == b"ftypavif"
    assert b"".join(webp.streaming_content)[8:12] == b"WEBP"


def test_reading_twice_changes_nothing(run_on_commit, records_read):
    content = pdf_bytes(pages=2)
    with run_on_commit():
        document = create_document(upload(content), title="Buses")
    before = (FileRecord.objects.values().get(), list(PageText.objects.values()), covers(content))

    read_file.enqueue(document.pk)

    after = (FileRecord.objects.values().get(), list(PageText.objects.values()), covers(content))
    assert after == before
    assert len(records_read) == 1


def test_a_second_reading_replaces_what_the_first_one_found(run_on_commit):
    content = pdf_bytes(pages=2)
    with run_on_commit():
        document = create_document(upload(content), title="Buses")
    FileRecord.objects.update(state=FileRecord.State.WAITING)
    names = covers(content)

    read_file.enqueue(document.pk)

    assert PageText.objects.count() == 2
    assert covers(content) == names


def test_a_file_that_cannot_be_read_is_kept_and_says_so(records_read):
    document = make_document(b"%PDF-1.7\nnothing more")

    read_file.enqueue(document.pk)

    record = FileRecord.objects.get()
    assert record.state == FileRecord.State.FAILED
    assert "damaged inside" in record.warnings_text[0]
    assert records_read == [record]


def test_trouble_that_is_no_fault_of_the_file_leaves_it_waiting():
    document = make_document()
    document.file.storage.delete(document.file.name)

    result = read_file.enqueue(document.pk)

    record = FileRecord.objects.get()
    assert record.state == FileRecord.State.WAITING
    assert record.warnings == [{"kind": READER_FAILED, "page": None}]
    assert "FileNotFoundError" in result.errors[0].traceback


def test_a_document_that_came_by_no_form_gets_its_record_from_the_task(run_on_commit):
    with run_on_commit():
        document = SiteDocument.objects.create(title="Old", file=ContentFile(pdf_bytes(pages=3), "old.pdf"))

    assert document.record.page_count == 3
    assert document.record.state == FileRecord.State.READ


def test_a_document_that_came_by_no_form_and_is_no_pdf_is_marked_as_failed(run_on_commit, tmp_path):
    locked = make_locked_pdf(tmp_path / "locked.pdf", password="secret").read_bytes()

    with run_on_commit():
        document = SiteDocument.objects.create(title="Old", file=ContentFile(locked, "old.pdf"))

    assert document.record.state == FileRecord.State.FAILED
    assert "pages" not in document.record.file_summary


def test_a_document_deleted_while_it_waits_is_passed_over():
    document = make_document()
    pk = document.pk
    document.delete()

    read_file.enqueue(pk)

    assert not FileRecord.objects.exists()


def test_what_is_read_of_a_file_replaced_meanwhile_is_not_kept():
    document = make_document()
    record = document.record
    content = PdfContent(pages=["of the old file"])
    FileRecord.objects.create_for(document, PreflightResult(1, 10, "f" * 64))

    assert not record.store_text(content)

    assert not PageText.objects.exists()
    assert FileRecord.objects.get().sha256 == "f" * 64


def test_what_the_form_found_outlives_the_reading(run_on_commit, tmp_path):
    restricted = make_locked_pdf(tmp_path / "restricted.pdf", password="").read_bytes()

    with run_on_commit():
        document = create_document(upload(restricted), title="Restricted")

    assert [finding["kind"] for finding in FileRecord.objects.get(document=document).warnings] == [
        "restricted"
    ]


def test_a_scan_is_read_with_a_remark(run_on_commit, tmp_path):
    scan = make_pdf(tmp_path / "scan.pdf", []).read_bytes()

    with run_on_commit():
        document = create_document(upload(scan), title="Scan")

    record = FileRecord.objects.get(document=document)
    assert record.state == FileRecord.State.READ
    assert "The file may be a scan" in record.warnings_text[0]


def test_files_whose_reading_never_happened_are_asked_for_again():
    waiting, fresh = make_document(), make_document()
    FileRecord.objects.filter(document=waiting).update(queued_at=timezone.now() - timedelta(hours=1))

    assert requeue_stuck() == 1

    assert FileRecord.objects.get(document=waiting).state == FileRecord.State.READ
    assert FileRecord.objects.get(document=fresh).state == FileRecord.State.WAITING
    assert requeue_stuck() == 0


def test_pdfs_without_any_record_are_found_again():
    document = SiteDocument.objects.create(title="Old", file=ContentFile(pdf_bytes(), "old.pdf"))
    SiteDocument.objects.update(created_at=timezone.now() - timedelta(hours=1))

    assert requeue_stuck() == 1

    assert document.record.state == FileRecord.State.READ


def test_a_cover_goes_with_the_last_file_that_has_it(run_on_commit):
    content = pdf_bytes()
    with run_on_commit():
        one, other = (
            create_document(upload(content), title="One"),
            create_document(upload(content), title="Other"),
        )
    assert len(covers(content)) == 3

    with run_on_commit():
        one.delete()
    assert len(covers(content)) == 3

    with run_on_commit():
        other.delete()
    assert covers(content) == []


def test_a_file_is_checked_once_it_is_read(run_on_commit):
    with run_on_commit():
        document = create_document(upload(pdf_bytes(pages=2)), title="Buses")

    report = AccessibilityReport.objects.get(record__document=document)
    assert IssueCode.NOT_TAGGED in report.counts
    assert IssueCode.UNCHECKED not in report.counts


def test_a_file_that_was_read_before_there_was_a_check_is_checked_later(run_on_commit):
    with run_on_commit():
        document = create_document(upload(pdf_bytes()), title="Buses")
    AccessibilityReport.objects.all().delete()
    FileRecord.objects.update(queued_at=timezone.now() - timedelta(hours=1))

    with run_on_commit():
        assert requeue_stuck() == 1

    assert AccessibilityReport.objects.filter(record__document=document).exists()
    assert requeue_stuck() == 0
