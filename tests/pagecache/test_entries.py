"""What is answered from one stored body."""

from __future__ import annotations

import gzip

import brotli
import pytest

from pagecache.entries import (
    BROTLI,
    GZIP,
    IDENTITY,
    MIN_COMPRESSED_LENGTH,
    NOT_MODIFIED_HEADERS,
    OVERHEAD,
    Entry,
    accepted_encoding,
    compressed,
    is_not_modified,
    not_modified_headers,
    respond,
    with_vary,
)

TEXT = b"Three towns share a nurse. " * 100


def make_entry(body: bytes = TEXT, content_type: str = "text/html", status: str = "200 OK", **headers: str):
    packed, encoding = compressed(body, content_type)
    return Entry(
        status=status, headers=[("Content-Type", content_type), *headers.items()], body=packed,
        encoding=encoding, etag="abc", versions={5: 6}, expires_at=100.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", BROTLI), ("gzip", GZIP), ("GZIP", GZIP), ("", IDENTITY), ("*", BROTLI),
        ("deflate, zstd", IDENTITY), ("br;q=0", IDENTITY), ("br;q=0, gzip", GZIP), ("gzip;q=0, *", BROTLI),
        ("gzip;q=1.0, br;q=0.1", GZIP), ("gzip; q=0.5, br; q=0.5", BROTLI), ("br;q=nonsense, gzip", GZIP),
        ("br;q=nan", IDENTITY), ("*;q=0", IDENTITY), ("identity, *;q=0", IDENTITY), (", ;, =", IDENTITY),
    ],
)  # fmt: skip
def test_the_best_encoding_that_a_client_takes(header, encoding):
    assert accepted_encoding(header) == encoding


def test_one_body_is_stored_and_others_are_made_of_it():
    entry = make_entry()

    assert brotli.decompress(entry.body) == TEXT
    assert brotli.decompress(entry.answer(BROTLI).body) == TEXT
    assert gzip.decompress(entry.answer(GZIP).body) == TEXT
    assert entry.answer(IDENTITY).body == TEXT


def test_the_uncompressed_body_takes_no_memory():
    entry = make_entry()

    entry.answer(IDENTITY)
    assert entry.size < OVERHEAD + 100 + len(entry.body)
    entry.answer(GZIP)
    assert entry.size > OVERHEAD + len(entry.body) + 50

    assert entry.answer(GZIP) is entry.answer(GZIP)


def test_the_size_counts_headers():
    assert make_entry(**{"Surrogate-Key": "x" * 5_000}).size > 5_000 + OVERHEAD


def test_the_same_text_is_compressed_to_the_same_bytes():
    assert make_entry().answer(BROTLI).body == make_entry().answer(BROTLI).body
    assert make_entry().answer(GZIP).body == make_entry().answer(GZIP).body


@pytest.mark.parametrize(
    ("length", "content_type", "encoding"),
    [
        (MIN_COMPRESSED_LENGTH, "text/html", IDENTITY), (MIN_COMPRESSED_LENGTH + 1, "text/html", BROTLI),
        (9_000, "application/atom+xml; charset=utf-8", BROTLI), (9_000, "image/svg+xml", BROTLI),
        (9_000, "image/png", IDENTITY), (9_000, "", IDENTITY),
    ],
)  # fmt: skip
def test_only_long_text_is_compressed(length, content_type, encoding):
    entry = make_entry(b"x" * length, content_type)

    assert entry.encoding == encoding
    for asked in (BROTLI, GZIP, IDENTITY):
        headers = dict(entry.answer(asked).headers)
        assert headers.get("Content-Encoding") == (
            asked if entry.is_compressed and asked != IDENTITY else None
        )


def test_each_encoding_has_its_own_strong_etag_and_length():
    entry = make_entry()
    answers = [entry.answer(encoding) for encoding in (IDENTITY, GZIP, BROTLI)]

    assert [answer.etag for answer in answers] == ['"abc"', '"abc-gzip"', '"abc-br"']
    for answer in answers:
        headers = dict(answer.headers)
        assert (headers["ETag"], headers["Content-Length"]) == (answer.etag, str(len(answer.body)))


@pytest.mark.parametrize(
    ("headers", "has_it"),
    [
        ({"HTTP_IF_NONE_MATCH": '"abc-br"'}, True),
        ({"HTTP_IF_NONE_MATCH": '"abc"'}, False),
        ({"HTTP_IF_NONE_MATCH": '"x", W/"abc-br" '}, True),
        ({"HTTP_IF_NONE_MATCH": " * "}, True),
        ({"HTTP_IF_NONE_MATCH": "abc-br"}, False),
        ({"HTTP_IF_NONE_MATCH": '"x",' * 1_001 + '"abc-br"'}, False),
        ({"HTTP_IF_MODIFIED_SINCE": "Sat, 28 Nov 2026 15:00:00 GMT"}, True),
        ({"HTTP_IF_MODIFIED_SINCE": "Sat, 28 Nov 2026 14:00:00 GMT"}, False),
        ({"HTTP_IF_MODIFIED_SINCE": "Sat, 99 Nov 2026 15:00:00 GMT"}, False),
        ({"HTTP_IF_NONE_MATCH": '"x"', "HTTP_IF_MODIFIED_SINCE": "Sat, 28 Nov 2026 15:00:00 GMT"}, False),
        ({}, False),
    ],
)
def test_whether_a_client_has_these_bytes(headers, has_it):
    answer = make_entry(**{"Last-Modified": "Sat, 28 Nov 2026 15:00:00 GMT"}).answer(BROTLI)

    assert is_not_modified(answer, headers) is has_it


def test_without_a_date_nothing_is_known_to_be_unchanged_since():
    answer = make_entry().answer(BROTLI)

    assert not is_not_modified(answer, {"HTTP_IF_MODIFIED_SINCE": "Sat, 28 Nov 2026 15:00:00 GMT"})


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently", "410 Gone"])
def test_only_a_page_can_be_unchanged(status):
    assert not is_not_modified(make_entry(status=status).answer(BROTLI), {"HTTP_IF_NONE_MATCH": "*"})


def test_a_304_repeats_only_what_a_cache_needs():
    answer = make_entry(**{"Cache-Control": "public", "Vary": "Cookie", "X-Other": "x"}).answer(BROTLI)

    names = [name.lower() for name, _ in not_modified_headers(answer)]

    assert {"etag", "cache-control", "vary"} <= set(names) <= NOT_MODIFIED_HEADERS


@pytest.mark.parametrize(("method", "body"), [("GET", [TEXT]), ("HEAD", [])])
def test_head_gets_the_headers_alone(method, body):
    answer, sent = make_entry().answer(IDENTITY), []

    response = respond(answer, {"REQUEST_METHOD": method}, lambda *given: sent.append(given))

    assert response == body
    assert sent == [("200 OK", answer.headers)]


def test_vary_names_what_it_named_before_and_the_encoding():
    headers = with_vary([("Vary", "Cookie"), ("X", "y")])

    assert headers == [("X", "y"), ("Vary", "Cookie, Accept-Encoding")]
    assert with_vary([]) == [("Vary", "Accept-Encoding")]
