"""Public pictures, served by ourselves."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, storages

from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.webp", "image/webp"),
        ("b.avif", "image/avif"),
        ("c.png", "image/png"),
        ("d.jpg", "image/jpeg"),
        ("e.JPEG", "image/jpeg"),
    ],
)
def test_a_picture_is_kept_for_good(client, name, kind):
    stored = storages["public"].save(f"covers/{name}", ContentFile(b"a picture"))

    response = client.get(f"/media/{stored}")

    assert b"".join(response.streaming_content) == b"a picture"
    assert response["Content-Type"] == kind
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert "Vary" not in response


@pytest.mark.parametrize(
    "name",
    [
        *("", "nothing.png", "covers", "covers/", "page.html", "paper.pdf", "a%00.png", "/etc/passwd.png"),
        *("../private/documents/paper.png", "..%2f..%2fsecret_key.png", "..\\private\\x.png"),
        *("covers/../../x.png", "%2e%2e/%2e%2e/x.webp"),
    ],
)
def test_nothing_else_is_there(client, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_documents_are_never_mapped(client):
    edition = make_edition()

    for name in (
        edition.document.file.name,
        f"../private/{edition.document.file.name}",
        f"private/{edition.document.file.name}",
    ):
        assert client.get(f"/media/{name}").status_code == 404


def test_a_picture_is_only_read(client):
    assert client.post("/media/a.png").status_code == 405


def test_a_storage_without_folders_serves_as_well(client, monkeypatch):
    far = InMemoryStorage()
    far.save("a.png", ContentFile(b"far"))
    monkeypatch.setitem(storages._storages, "public", far)

    assert b"".join(client.get("/media/a.png").streaming_content) == b"far"
    assert client.get("/media/b.png").status_code == 404
