"""The response with a file, for whatever a client may already have of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.http import Http404
from django.test import RequestFactory

from papers.downloads.responses import file_response
from tests.support.paper_files import make_edition

CHANGED = datetime(2030, 3, 15, 12, 30, 15, 999_999, tzinfo=UTC)
LAST_MODIFIED = "Fri, 15 Mar 2030 12:30:15 GMT"
CONTENT = b"%PDF-" + bytes(range(95))


@pytest.fixture
def edition(db):
    return make_edition(content=CONTENT)


def respond(edition, *, method="GET", changed_at=CHANGED, **headers):
    request = RequestFactory(headers=headers).generic(method, "/papers/shared-buses/download/")
    return file_response(request, edition, changed_at=changed_at)


def body(response):
    return b"".join(response) if response.streaming else response.content


def test_a_file_says_since_when_its_address_returns_it(edition):
    assert respond(edition)["Last-Modified"] == LAST_MODIFIED
    assert not respond(edition, changed_at=None).has_header("Last-Modified")


@pytest.mark.parametrize(
    ("changed_at", "since", "status"),
    [
        (CHANGED, LAST_MODIFIED, 304),
        (CHANGED, "Fri, 15 Mar 2030 12:30:16 GMT", 304),
        (CHANGED, "Fri, 15 Mar 2030 12:30:14 GMT", 200),
        (None, LAST_MODIFIED, 200),
    ],
)
def test_who_has_the_file_of_that_second_or_later_gets_none(edition, changed_at, since, status):
    response = respond(edition, changed_at=changed_at, **{"If-Modified-Since": since})

    assert response.status_code == status
    assert body(response) == (b"" if status == 304 else CONTENT)


def test_a_304_repeats_what_a_cache_would_overwrite_and_a_412_does_not(edition):
    tag = respond(edition)["ETag"]

    unchanged = respond(edition, **{"If-None-Match": tag})
    failed = respond(edition, **{"If-Match": '"other"'})

    assert (unchanged.status_code, failed.status_code) == (304, 412)
    assert unchanged["Content-Length"] == str(len(CONTENT))
    assert unchanged["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert not failed.has_header("Content-Length")
    assert not failed.has_header("Content-Security-Policy")


def test_a_precondition_that_holds_changes_nothing(edition):
    response = respond(edition, **{"If-Match": respond(edition)["ETag"]})

    assert (response.status_code, body(response)) == (200, CONTENT)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_whole_file_has_its_length_and_no_range(edition, method):
    response = respond(edition, method=method)

    assert response.status_code == 200
    assert response["Content-Length"] == "100"
    assert not response.has_header("Content-Range")
    assert body(response) == (CONTENT if method == "GET" else b"")


def test_a_range_is_some_bytes_of_the_file(edition):
    response = respond(edition, Range="bytes=10-19")

    assert response.status_code == 206
    assert (response["Content-Range"], response["Content-Length"]) == ("bytes 10-19/100", "10")
    assert body(response) == CONTENT[10:20]


def test_a_range_beyond_the_end_says_how_long_the_file_is(edition):
    response = respond(edition, Range="bytes=100-")

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "text/plain"


def test_a_range_with_a_condition_is_one_where_the_condition_holds(edition):
    def status(condition):
        return respond(edition, Range="bytes=0-1", **{"If-Range": condition}).status_code

    tag = respond(edition)["ETag"]
    assert [status(f" {tag} "), status(""), status(LAST_MODIFIED), status('"other"')] == [206, 206, 206, 200]


def test_a_lost_file_is_not_there_and_is_logged(edition, caplog):
    edition.document.file.storage.delete(edition.document.file.name)

    with pytest.raises(Http404):
        respond(edition)

    assert f"The file of paper {edition.paper_id}, edition 1 is gone" in caplog.text
