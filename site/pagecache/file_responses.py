"""Responses with a stored file: all of it, a range, or that the reader has it already.

What is answered depends on the request and on what is known of the file alone.
So a file that everybody may have is answered the same by Django, after it has
checked who asks, and by the page cache as long as that check still holds
(``kept_files``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from django.core.files.storage import Storage
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from pagecache.dependencies import keep_nothing
from pagecache.file_chunks import DiskChunks, FileChunks, path_on_disk
from pagecache.file_sending import is_left_to_proxy, proxy_headers
from pagecache.ranges import ByteRange, RangeNotSatisfiableError, parse_range

ATTRIBUTE = "stored_file"  # of a response: the file that it is about


@dataclass(frozen=True)
class StoredFile:
    """A file of a storage, and what a response says of it."""

    storage: Storage
    name: str
    size: int  # bytes
    headers: Mapping[str, str]  # of every response with the file but Content-Length, Last-Modified
    modified: int | None = None  # seconds since 1970: when this address last began to return other bytes
    # Called for every response with the file, before a byte is sent, with the request and its answer.
    on_sent: Callable[[HttpRequest, FileAnswer], None] | None = None

    @cached_property
    def path(self) -> str | None:
        return path_on_disk(self.storage, self.name)


def stored_file(storage: Storage, name: str, headers: Mapping[str, str]) -> StoredFile:
    """Return a file that browsers show. Raises OSError where the storage doesn't have it."""
    shown = {"Content-Disposition": content_disposition_header(False, PurePath(name).name) or "", **headers}
    with kept_unless_missing():
        size = storage.size(name)
    return StoredFile(storage, name, size, shown)


@contextmanager
def kept_unless_missing() -> Iterator[None]:
    """Let no answer be kept that a file is missing: no query tells when it comes back."""
    try:
        yield
    except OSError:
        keep_nothing()
        raise


@dataclass(frozen=True)
class FileAnswer:
    """What to answer: a status, headers, and which bytes of the file; None for no body."""

    status_code: HTTPStatus
    headers: dict[str, str]
    byte_range: ByteRange | None = None


def file_response(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """Return the response to a GET or HEAD for a file; the caller has checked access.

    The status is 200, 206, 304, 412 or 416; several ranges at once get the whole
    file. Raises OSError where the storage has lost it.
    """
    answer = file_answer(request, file)
    with kept_unless_missing():
        chunks = open_chunks(file, answer)
    if file.on_sent:
        file.on_sent(request, answer)
    sent = sent_answer(request, file, answer)
    response: HttpResponseBase
    if sent.byte_range is None or chunks is None:
        response = HttpResponse(status=sent.status_code, headers=sent.headers)
        if chunks is not None:
            chunks.close()
        if "Content-Type" not in sent.headers:
            del response["Content-Type"]
    else:
        response = StreamingHttpResponse(chunks, status=sent.status_code, headers=sent.headers)
    vars(response)[ATTRIBUTE] = file
    return response


def file_answer(request: HttpRequest, file: StoredFile) -> FileAnswer:
    headers = dict(file.headers)
    if file.modified is not None:
        headers["Last-Modified"] = http_date(file.modified)
    conditional = conditional_answer(request, file, headers)
    if conditional is not None:
        return conditional
    try:
        requested = requested_range(request, headers, size=file.size)
    except RangeNotSatisfiableError:
        beyond = {"Accept-Ranges": "bytes", "Content-Range": f"bytes */{file.size}"}
        beyond["Content-Type"] = "text/plain"
        return FileAnswer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, beyond)
    byte_range = requested or ByteRange(0, file.size)
    headers["Accept-Ranges"] = "bytes"
    headers["Content-Length"] = str(byte_range.length)
    if requested:
        headers["Content-Range"] = f"bytes {requested.first}-{requested.last}/{file.size}"
    status = HTTPStatus.PARTIAL_CONTENT if requested else HTTPStatus.OK
    return FileAnswer(status, headers, None if request.method == "HEAD" else byte_range)


def conditional_answer(request: HttpRequest, file: StoredFile, headers: dict[str, str]) -> FileAnswer | None:
    """Return the answer to somebody who has the file, or wants another one; else None.

    A 304 repeats the headers with which a cache would otherwise overwrite the stored ones.
    """
    plain = HttpResponse(headers=headers)
    response = get_conditional_response(request, headers.get("ETag"), file.modified, plain)
    if response is None or response is plain:
        return None
    answered: dict[str, Any] = dict(response.items())
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        answered["Content-Security-Policy"] = headers["Content-Security-Policy"]
        answered["Content-Length"] = str(file.size)
    return FileAnswer(HTTPStatus(response.status_code), answered)


def requested_range(request: HttpRequest, headers: Mapping[str, str], *, size: int) -> ByteRange | None:
    """Return the range a GET asks for; None for the whole file, also where If-Range no longer matches."""
    header = request.META.get("HTTP_RANGE", "")
    if request.method != "GET" or not header:
        return None
    condition = request.META.get("HTTP_IF_RANGE", "").strip()
    if condition and not if_range_matches(condition, headers):
        return None
    return parse_range(header, size=size)


def if_range_matches(condition: str, headers: Mapping[str, str]) -> bool:
    """Say whether ``If-Range`` still matches: a strong ETag or a date, compared exactly."""
    if condition.startswith(('"', "W/")):
        return condition == headers.get("ETag")
    moment = parse_http_date_safe(condition)
    return moment is not None and http_date(moment) == headers.get("Last-Modified")


def open_chunks(file: StoredFile, answer: FileAnswer) -> DiskChunks | FileChunks | None:
    """Open the file for the answer's bytes; None where it has none. Raises OSError."""
    if answer.byte_range is None:
        return None
    path = file.path
    if path is not None:
        return DiskChunks(path, answer.byte_range)
    return FileChunks(file.storage.open(file.name, "rb"), answer.byte_range)


def sent_answer(request: HttpRequest, file: StoredFile, answer: FileAnswer) -> FileAnswer:
    """Return the answer itself or, where a proxy sends the bytes, the one that tells it which file."""
    if answer.byte_range is None or not is_left_to_proxy(request, file.path):
        return answer
    headers = proxy_headers(answer.headers, str(file.path))
    return replace(answer, status_code=HTTPStatus.OK, headers=headers, byte_range=None)
