"""What a PDF would do by itself, and files that are no longer what they were."""

from __future__ import annotations

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Collection

from papers.intake.forms import create_document
from papers.models import FileRecord
from publishing.models import SiteDocument
from tests.support.paper_files import make_document, make_edition, make_editor, pdf_bytes, upload
from tests.support.pdf_active import attachment, launch, made, script

pytestmark = pytest.mark.django_db


def test_a_harmless_file_is_kept_byte_by_byte(run_on_commit):
    content = pdf_bytes()

    document = create_document(upload(content), title="Buses")

    assert document.file.read() == content
    assert document.record.warnings == []


def test_the_checksum_is_that_of_the_cleaned_file_and_the_editor_is_told(run_on_commit):
    with run_on_commit():
        document = create_document(upload(made(script, launch, attachment)), title="Buses")

    record = FileRecord.objects.get()
    assert record.sha256 == hashlib.sha256(document.file.read()).hexdigest()
    assert record.state == FileRecord.State.READ
    assert [sentence.split(" removed")[0] for sentence in record.warnings_text[:3]] == [
        "Files embedded in this file were",
        "Scripts were",
        "Actions that start programs were",
    ]


def test_the_form_takes_in_the_cleaned_file(client):
    client.force_login(make_editor())
    content = made(script)

    response = client.post(
        reverse("wagtaildocs:add_multiple"),
        {"files[]": upload(content)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    ).json()

    document = SiteDocument.objects.get()
    assert b"app.alert" not in document.file.read()
    assert document.file_size == document.file.size == document.record.size
    assert "Scripts were removed" in response["form"]


def test_a_file_kept_without_a_good_title_is_cleaned_too(client, run_on_commit):
    client.force_login(make_editor())
    first = client.post(
        reverse("wagtaildocs:add_multiple"), {"files[]": upload(made(script)), "title": "long" * 100}
    ).json()
    pk = first["uploaded_file_id"]
    fields = {"title": "Short", "collection": Collection.get_first_root_node().pk, "tags": ""}

    client.post(
        reverse("wagtaildocs:create_multiple_from_uploaded_document", args=[pk]),
        {f"uploaded-document-{pk}-{name}": value for name, value in fields.items()},
    )

    document = SiteDocument.objects.get()
    assert b"app.alert" not in document.file.read()
    assert document.record.sha256 == document.get_file_hash() or document.record.size == document.file_size


def test_the_settings_may_refuse_such_a_file_or_let_it_in(settings):
    settings.PDF_ACTIVE_CONTENT = "refuse"
    with pytest.raises(ValidationError, match="Save it without them"):
        create_document(upload(made(launch)), title="Buses")
    settings.PDF_ACTIVE_CONTENT = "allow"

    document = create_document(upload(content := made(launch)), title="Buses")

    assert document.file.read() == content


def test_doubles_are_pointed_out_to_whoever_uploads(client):
    client.force_login(make_editor())
    make_document(content := pdf_bytes(), title="The bus paper")

    response = client.post(
        reverse("wagtaildocs:add_multiple"),
        {"files[]": upload(content)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    ).json()

    assert "The same file has already been uploaded, as “The bus paper”." in response["form"]


def test_files_that_are_what_they_were_are_counted(capsys):
    make_document()

    call_command("verify_files")

    assert "1 files are unchanged." in capsys.readouterr().out


def test_a_file_that_changed_and_one_that_is_gone_are_named(capsys):
    make_document()
    changed, gone = make_edition(), make_document(title="Gone")
    storage = gone.file.storage
    storage.delete(changed.document.file.name)
    storage.save(changed.document.file.name, ContentFile(pdf_bytes()))
    storage.delete(gone.file.name)

    with pytest.raises(CommandError, match="2 of 3 files"):
        call_command("verify_files")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"changed: {changed} (document {changed.document_id}")
    assert lines[1].startswith("missing: “Gone”")
