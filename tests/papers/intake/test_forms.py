"""What comes in through the one form, and what is refused there."""

from __future__ import annotations

from pathlib import PurePath
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from papers.intake.forms import create_document, examine
from papers.models import FileRecord
from publishing.models import SiteDocument
from tests.papers.pdf.test_preflight import REAL_PAGES, real
from tests.support.paper_files import make_document, make_edition, pdf_bytes, upload
from tests.support.pdf_files import make_locked_pdf, make_pdf

pytestmark = pytest.mark.django_db


def add_one(client, file, *, title="A file"):
    return client.post(
        reverse("wagtaildocs:add"),
        {"title": title, "file": file, "collection": Collection.get_first_root_node().pk},
    )


def add_among_many(client, file):
    address = reverse("wagtaildocs:add_multiple")
    return client.post(address, {"files[]": file}, headers={"X-Requested-With": "XMLHttpRequest"}).json()


def add_in_the_chooser(client, file):
    fields = {"title": "A file", "file": file, "collection": Collection.get_first_root_node().pk}
    response = client.post(
        reverse("wagtaildocs_chooser:create"),
        {f"document-chooser-upload-{key}": value for key, value in fields.items()},
    )
    assert response.status_code == 200
    return response.content.decode()


def stored_files(name):
    """Return the stored files that came in under ``name``; other tests store theirs beside them."""
    stored = default_storage.listdir("documents")[1] if default_storage.exists("documents") else []
    return [file for file in stored if file.startswith(PurePath(name).stem)]


@pytest.mark.parametrize("name", sorted(REAL_PAGES))
def test_every_given_pdf_is_taken_by_both_forms(client, editor, name):
    content = real(name).read_bytes()

    response = add_one(client, upload(content, name))
    among_many = add_among_many(client, upload(content, name))

    assert response.status_code == 302
    assert among_many["success"], among_many
    records = FileRecord.objects.all()
    assert [record.page_count for record in records] == [REAL_PAGES[name], REAL_PAGES[name]]
    assert {record.size for record in records} == {len(content)}


def test_the_locked_one_is_refused_by_every_form_and_leaves_nothing(client, editor):
    name = f"{uuid4().hex}.pdf"
    content = real("libreoffice-writer-password.pdf").read_bytes()

    response = add_one(client, upload(content, name))
    among_many = add_among_many(client, upload(content, name))
    chosen = add_in_the_chooser(client, upload(content, name))

    assert "without a password" in response.content.decode()
    assert "without a password" in among_many["error_message"]
    assert "without a password" in chosen
    assert not SiteDocument.objects.exists()
    assert not FileRecord.objects.exists()
    assert stored_files(name) == []


@pytest.mark.parametrize(
    ("content", "suffix", "sentence"),
    [
        (b"<!doctype html><script>alert(1)</script>", ".pdf", "not a PDF"),
        (b"MZ\x90\x00" + b"\0" * 100, ".PDF", "not a PDF"),
        (b"#!/bin/sh\nrm -rf /\n%PDF-1.7", ".pdf", "not a PDF"),
        (b"%PDF-1.7\nhalf a file", ".pdf", "damaged"),
        (b"%PDF-1.7\nsomething", ".csv", "does not end in .pdf"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(client, editor, content, suffix, sentence):
    name = f"{uuid4().hex}{suffix}"

    among_many = add_among_many(client, upload(content, name))
    chosen = add_in_the_chooser(client, upload(content, name))

    assert sentence in among_many["error_message"]
    assert "\n" not in among_many["error_message"]
    assert sentence in chosen
    assert not SiteDocument.objects.exists()
    assert stored_files(name) == []


def test_other_kinds_of_file_pass_and_have_no_record(client, editor):
    assert add_among_many(client, upload(b"town,students\nAthol,1200\n", "towns.csv"))["success"]

    assert SiteDocument.objects.get().file.read() == b"town,students\nAthol,1200\n"
    assert not FileRecord.objects.exists()


def test_a_kind_that_is_not_allowed_is_refused(client, editor):
    assert "html" in add_among_many(client, upload(b"<p>", "page.html"))["error_message"]


def test_a_pdf_with_too_many_pages_is_refused_with_the_number(client, editor, settings):
    settings.PDF_MAX_PAGES = 2

    response = add_among_many(client, upload(pdf_bytes(pages=3)))

    assert "more than 2 pages" in response["error_message"]


def test_a_file_that_is_too_big_is_refused_with_the_limit(client, editor, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1000

    response = add_among_many(client, upload(pdf_bytes() + b"\n" * 1000))

    assert "smaller pictures" in response["error_message"]
    assert not SiteDocument.objects.exists()


def test_a_big_upload_is_examined_where_it_lies(client, editor, settings):
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

    assert add_among_many(client, upload(pdf_bytes(pages=2)))["success"]

    assert FileRecord.objects.get().page_count == 2


def test_a_form_whose_other_fields_fail_still_keeps_the_record(client, editor, run_on_commit):
    address = reverse("wagtaildocs:add_multiple")
    first = client.post(address, {"files[]": upload(pdf_bytes(pages=2)), "title": "long" * 100}).json()
    prefix = f"uploaded-document-{first['uploaded_file_id']}"

    with run_on_commit():
        second = client.post(
            reverse("wagtaildocs:create_multiple_from_uploaded_document", args=[first["uploaded_file_id"]]),
            {
                f"{prefix}-title": "Short",
                f"{prefix}-collection": Collection.get_first_root_node().pk,
                f"{prefix}-tags": "",
            },
        ).json()

    assert second["success"]
    assert FileRecord.objects.get().page_count == 2


def test_a_changed_file_gets_a_record_of_its_own(client, editor):
    document = make_document(pages=1)
    before = document.record.sha256

    response = replace_file(client, document, pdf_bytes(pages=3))

    assert response.status_code == 302
    record = FileRecord.objects.get()
    assert (record.page_count, record.state) == (3, FileRecord.State.WAITING)
    assert record.sha256 != before


def test_a_file_that_becomes_another_kind_loses_its_record(client, editor):
    document = make_document()

    replace_file(client, document, b"a,b\n", name="towns.csv")

    assert not FileRecord.objects.exists()


def test_the_file_of_an_edition_is_never_overwritten(client, editor):
    edition = make_edition(content=(content := pdf_bytes()))

    response = replace_file(client, edition.document, pdf_bytes(pages=3))

    assert "Add an edition to the white paper instead" in response.content.decode()
    edition.document.refresh_from_db()
    assert edition.document.file.read() == content
    assert FileRecord.objects.get().page_count == 1


def test_a_title_may_change_without_touching_the_record(client, editor):
    edition = make_edition()

    response = client.post(
        reverse("wagtaildocs:edit", args=[edition.document_id]), changed(title="A better title")
    )

    assert response.status_code == 302
    assert SiteDocument.objects.get().title == "A better title"
    assert FileRecord.objects.get() == edition.document.record


def test_a_program_takes_files_in_by_the_same_rules(tmp_path):
    good = make_pdf(tmp_path / "good.pdf", ["One."], ["Two."])
    locked = make_locked_pdf(tmp_path / "locked.pdf", password="secret")

    with good.open("rb") as file:
        document = create_document(upload(file.read()), title="Good")
    with pytest.raises(Exception, match="without a password"):
        create_document(upload(locked.read_bytes()), title="Locked")

    assert document.record.page_count == 2
    assert SiteDocument.objects.count() == 1


def test_a_temporary_upload_is_examined_where_it_lies():
    content = pdf_bytes()
    big = TemporaryUploadedFile("big.pdf", "application/pdf", len(content), None)
    big.write(content)
    big.flush()

    assert examine(big).page_count == 1


def changed(**fields):
    return {"title": "A file", "collection": Collection.get_first_root_node().pk, "tags": "", **fields}


def replace_file(client, document, content, name="paper.pdf"):
    return client.post(reverse("wagtaildocs:edit", args=[document.pk]), changed(file=upload(content, name)))
