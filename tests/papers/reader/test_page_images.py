"""Pictures of pages: painted when asked for, by a child, and kept where only readers of the paper get."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from wagtail.models import PageViewRestriction

import sandbox
from papers.models import Edition, FileRecord
from papers.reader import page_images
from tests.support.paper_files import make_edition, make_read_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_painted(settings, tmp_path):
    location = {"location": str(tmp_path / "private"), "base_url": None}
    before = page_images.storage()
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": location}
    }
    assert page_images.storage() is not before


def address(edition, page=1, ending="webp"):
    return f"{edition.paper.url}editions/{edition.number}/read/{page}/picture-{ending}/"


@pytest.mark.parametrize(("ending", "kind"), [("webp", "WEBP"), ("jpg", "JPEG")])
def test_a_page_is_painted_when_it_is_asked_for(client, ending, kind):
    edition = make_edition(pages=2)

    response = client.get(address(edition, 2, ending))

    assert (response.status_code, response["Content-Type"]) == (200, page_images.CONTENT_TYPES[ending])
    painted = Image.open(io.BytesIO(response.getvalue()))
    assert (painted.format, painted.width) == (kind, page_images.WIDTH)
    assert (
        client.get(address(edition, 2, ending), headers={"if-none-match": response["ETag"]}).status_code
        == 304
    )


def test_a_page_is_painted_once(client, monkeypatch):
    edition = make_edition()
    first = client.get(address(edition)).getvalue()

    monkeypatch.setattr(sandbox, "run", None)

    assert client.get(address(edition)).getvalue() == first


def test_a_page_that_takes_too_long_is_tried_twice_and_no_more(client, monkeypatch):
    edition = make_read_edition(pages=["One"])
    monkeypatch.setattr(page_images, "MAX_SECONDS", 0.001)
    assert client.get(address(edition)).status_code == 404
    assert "picture-webp" in client.get(f"{edition.paper.url}read/1/").content.decode()
    assert client.get(address(edition)).status_code == 404

    monkeypatch.setattr(sandbox, "run", None)

    assert client.get(address(edition)).status_code == 404
    assert "picture-webp" not in client.get(f"{edition.paper.url}read/1/").content.decode()


def test_the_first_pages_are_painted_before_anybody_asks(client, settings):
    settings.PDF_PAGES_AHEAD = 2
    edition = make_edition(pages=3)

    page_images.render_ahead(edition.record)

    stored = [
        page_images.storage().exists(page_images.file_name(edition.record, n, "jpg")) for n in (1, 2, 3)
    ]
    assert stored == [True, True, False]
    with page_images.render_slot(), page_images.render_slot():
        assert client.get(address(edition, 2)).status_code == 200


def test_when_too_many_paint_one_is_asked_to_come_again(client):
    edition = make_edition()

    with page_images.render_slot(), page_images.render_slot():
        response = client.get(address(edition))

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert client.get(address(edition)).status_code == 200


def test_pictures_go_out_where_the_file_does_and_nowhere_else(client):
    edition = make_edition()
    assert client.get(address(edition)).status_code == 200
    assert client.get(address(make_edition(state=Edition.State.DRAFT))).status_code == 404
    for page, ending in ((0, "webp"), (2, "webp"), (1, "png")):
        assert client.get(address(edition, page, ending)).status_code == 404

    PageViewRestriction.objects.create(page=edition.paper, restriction_type="login")

    assert client.get(address(edition)).status_code == 302
    edition.paper.view_restrictions.all().delete()
    edition.withdraw()
    assert client.get(address(edition)).status_code == 410


def test_pictures_go_with_the_last_record_of_their_file(client, django_capture_on_commit_callbacks):
    edition = make_edition()
    client.get(address(edition))
    record = FileRecord.objects.get()
    assert page_images.storage().exists(page_images.file_name(record, 1, "webp"))

    with django_capture_on_commit_callbacks(execute=True):
        record.delete()

    assert not page_images.storage().exists(page_images.file_name(record, 1, "webp"))
