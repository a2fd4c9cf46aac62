"""The file itself: whole, in parts, or not again."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from django.utils.http import http_date

from pagecache.file_chunks import CHUNK_SIZE, FileChunks
from pagecache.ranges import ByteRange
from papers.models import Edition
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition, make_editor, pdf_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def content():
    return pdf_bytes(pages=3)


@pytest.fixture
def edition(content):
    return make_edition(make_paper(slug="shared-buses"), content=content, pages=3)


@pytest.fixture
def address(edition):
    return f"{edition.paper.url}download/"


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_download_is_the_file_itself(client, address, content):
    response = client.get(address)

    assert response.status_code == 200
    assert body(response) == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == 'attachment; filename="shared-buses-edition-1.pdf"'
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_strangers_share_one_answer_and_nobody_keeps_a_members(client, address):
    anonymous = client.get(address)
    client.force_login(make_editor())
    member = client.get(address)

    assert anonymous["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=60"
    assert "Cookie" in anonymous["Vary"]
    assert not anonymous.cookies
    assert member["Cache-Control"] == "private, no-store"


def test_head_tells_the_same_without_the_file(client, address, content):
    response, whole = client.head(address), client.get(address)

    assert body(response) == b""
    assert dict(response.items()) == dict(whole.items())


def test_a_file_name_in_another_script_is_told_by_the_book(client):
    edition = make_edition(make_paper(slug="écoles-及"))

    response = client.get(f"{edition.paper.url}download/")

    assert (
        response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9coles-%E5%8F%8A-edition-1.pdf"
    )


@pytest.mark.parametrize(
    ("range_header", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=100-", 100, None), ("bytes=-20", -20, None)],
)
def test_a_part_is_answered_with_206(client, address, content, range_header, start, end):
    response = client.get(address, headers={"Range": range_header})

    assert response.status_code == 206
    assert body(response) == content[start:end]
    first = start % len(content)
    last = first + len(content[start:end]) - 1
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(content)}"
    assert response["Content-Length"] == str(last - first + 1)


def test_several_parts_at_once_get_the_whole_file(client, address, content):
    response = client.get(address, headers={"Range": "bytes=0-1,5-6"})

    assert response.status_code == 200
    assert body(response) == content


def test_a_part_beyond_the_end_is_answered_with_416(client, address, content):
    response = client.get(address, headers={"Range": f"bytes={len(content)}-"})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(content)}"
    assert body(response) == b""


def test_who_has_the_file_is_told_so(client, address):
    tag, moment = (response := client.get(address))["ETag"], response["Last-Modified"]

    for headers in ({"If-None-Match": tag}, {"If-None-Match": f'"x", {tag}'}, {"If-Modified-Since": moment}):
        again = client.get(address, headers=headers)
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == tag
        assert again["Content-Length"] == response["Content-Length"]
        assert again["Content-Security-Policy"] == response["Content-Security-Policy"]
        assert again["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=60"


def test_the_tag_outweighs_the_date(client, address):
    moment = client.get(address)["Last-Modified"]

    response = client.get(address, headers={"If-None-Match": '"other"', "If-Modified-Since": moment})

    assert response.status_code == 200


def test_a_part_of_another_file_is_not_mixed_with_this_one(client, address, content):
    tag, moment = (response := client.get(address))["ETag"], response["Last-Modified"]

    def status(condition):
        return client.get(address, headers={"Range": "bytes=0-1", "If-Range": condition}).status_code

    assert status(tag) == status(moment) == 206
    assert status('"other"') == status(f"W/{tag}") == status(http_date(0)) == status("nonsense") == 200


def test_head_knows_no_parts(client, address, content):
    response = client.head(address, headers={"Range": "bytes=0-1"})

    assert (response.status_code, response["Content-Length"]) == (200, str(len(content)))


def test_a_wrong_precondition_is_answered_with_412(client, address):
    assert client.get(address, headers={"If-Match": '"other"'}).status_code == 412


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_file_is_only_read(client, address, method):
    response = getattr(client, method)(address)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_the_newest_has_one_address_and_each_edition_its_own(client, edition, content):
    second = make_edition(edition.paper, content=(revised := pdf_bytes(pages=4)))
    url = edition.paper.url

    assert second.number == 2
    assert body(client.get(f"{url}download/")) == revised
    assert body(client.get(f"{url}editions/2/download/")) == revised
    assert body(client.get(f"{url}editions/1/download/")) == content


def test_each_address_says_when_its_own_answer_changed_last(client, edition):
    now = timezone.now()
    Edition.objects.update(state_since=now - timedelta(days=9))
    make_edition(edition.paper, state_since=now - timedelta(days=3))

    def changed(address):
        return client.get(f"{edition.paper.url}{address}download/")["Last-Modified"]

    assert changed("editions/1/") == http_date((now - timedelta(days=9)).timestamp())
    assert changed("editions/2/") == changed("") == http_date((now - timedelta(days=3)).timestamp())


def test_a_rename_leaves_a_trail_from_every_address_with_a_file(edition):
    make_edition(edition.paper)

    assert {"/download/", "/editions/1/download/", "/editions/2/download/", "/feed/"} <= set(
        edition.paper.get_route_paths()
    )


def test_after_a_withdrawal_nobody_is_told_that_nothing_changed(client, edition, content):
    Edition.objects.update(state_since=timezone.now() - timedelta(days=9))
    second = make_edition(edition.paper, state_since=timezone.now() - timedelta(days=3))
    moment = client.get(address := f"{edition.paper.url}download/")["Last-Modified"]

    second.withdraw(reason="A table was wrong.")
    response = client.get(address, headers={"If-Modified-Since": moment})

    assert body(response) == content


def test_a_file_the_storage_has_lost_is_no_500(client, edition, address):
    edition.document.file.storage.delete(edition.document.file.name)

    assert client.get(address).status_code == 404


def test_an_edition_whose_file_has_no_record_yet_can_be_had(client, edition, address, content):
    edition.document.record.delete()

    response = client.get(address)

    assert body(response) == content
    assert response["Content-Length"] == str(len(content))


class Reader(ContentFile):
    """A file that counts what it was asked for, and can't go back or forth."""

    most = 0

    def read(self, size=-1):
        self.most = max(self.most, size)
        return super().read(size)

    def seekable(self):
        return False


def test_a_long_file_is_never_in_memory_as_a_whole():
    long = Reader(b"abc" * CHUNK_SIZE)

    pieces = list(FileChunks(long, ByteRange(1, len(long) - 1)))

    assert b"".join(pieces) == (b"abc" * CHUNK_SIZE)[1:]
    assert long.most == CHUNK_SIZE


class FarAway(FileSystemStorage):
    """A storage whose files have no path, as with a bucket."""

    def path(self, name):
        raise NotImplementedError

    def exists(self, name):
        return False

    def _open(self, name, mode="rb"):
        self.lent = File(io.BytesIO(FileSystemStorage.path(self, name).encode()), name)
        return self.lent


def test_a_storage_without_paths_serves_as_well(client, edition, address, monkeypatch):
    file = edition.document._meta.get_field("file")
    monkeypatch.setattr(file, "storage", FarAway())

    response = client.get(address, headers={"Range": "bytes=0-0"})

    assert (response.status_code, body(response)) == (206, b"/")


def test_a_file_is_closed_though_nobody_read_it(client, edition, address, monkeypatch):
    storage = FarAway()
    monkeypatch.setattr(edition.document._meta.get_field("file"), "storage", storage)

    client.get(address).close()

    assert storage.lent.closed
