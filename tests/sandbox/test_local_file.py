"""A path for any file, wherever its bytes are."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from sandbox.local_file import local_path, on_disk
from tests.support.paper_files import make_document

CONTENT = b"%PDF-1.7 and more"


def test_a_file_in_memory_is_copied_for_as_long_as_it_is_needed():
    upload = SimpleUploadedFile("paper.pdf", CONTENT)
    upload.read()

    with on_disk(upload) as path:
        assert path.read_bytes() == CONTENT
        assert upload.read() == CONTENT  # from the beginning again

    assert not path.exists()


def test_a_large_upload_is_read_where_it_lies_already():
    with TemporaryUploadedFile("paper.pdf", "application/pdf", len(CONTENT), None) as upload:
        upload.write(CONTENT)
        upload.flush()

        with on_disk(upload) as path:
            assert path == Path(upload.temporary_file_path())

        assert path.exists()


@pytest.mark.django_db
def test_a_stored_file_is_read_where_it_lies_and_a_new_one_is_not_stored_yet():
    document = make_document()

    assert local_path(document.file) == Path(document.file.path)
    document.file = ContentFile(CONTENT, name="new.pdf")
    assert local_path(document.file) is None
