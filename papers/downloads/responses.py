"""Responses with an edition's file: all of it, a range, or 304."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe, quote_etag

from pagecache.headers import cache_control
from papers.downloads.ranges import ByteRange, RangeNotSatisfiableError, parse_range

if TYPE_CHECKING:
    from papers.editions.models import Edition

logger = logging.getLogger(__name__)

CHUNK_SIZE = 64 * 1024  # bytes in memory, however long the file


def file_response(request: HttpRequest, edition: Edition, *, changed_at: datetime | None) -> HttpResponseBase:
    """Return the response to a GET or HEAD for an edition's file; the caller has checked access.

    ``changed_at`` is when this address last began to return other bytes. The
    status is 200, 206, 304, 412 or 416; several ranges at once get the whole
    file. Raises Http404 where the storage has lost the file.
    """
    size = edition.record.size if edition.record else edition.document.get_file_size()
    headers = file_headers(request, edition)
    modified = int(changed_at.timestamp()) if changed_at else None
    if modified is not None:
        headers["Last-Modified"] = http_date(modified)
    plain = HttpResponse(headers=headers)
    conditional = get_conditional_response(request, headers["ETag"], modified, plain)
    if conditional is not None and conditional is not plain:
        return not_modified(conditional, headers, size=size)
    try:
        requested = requested_range(request, headers, size=size)
    except RangeNotSatisfiableError:
        short = {"Accept-Ranges": "bytes", "Content-Range": f"bytes */{size}", "Content-Type": "text/plain"}
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=short)
    byte_range = requested or ByteRange(0, size)
    headers["Content-Length"] = str(byte_range.length)
    if requested:
        headers["Content-Range"] = f"bytes {requested.first}-{requested.last}/{size}"
    status = HTTPStatus.PARTIAL_CONTENT if requested else HTTPStatus.OK
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(FileChunks(open_file(edition), byte_range), status=status, headers=headers)


def read_online_only(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Return the page that leads to the online reader, for an edition without a download."""
    context = {"page": edition.paper, "edition": edition}
    return TemplateResponse(request, "papers/read_online_only.html", context, status=HTTPStatus.FORBIDDEN)


def file_headers(request: HttpRequest, edition: Edition) -> dict[str, str]:
    tag = edition.record.sha256 if edition.record else edition.document.get_file_hash()
    return {
        "Accept-Ranges": "bytes",
        "Cache-Control": cache_control(request),
        "Content-Disposition": content_disposition_header(True, edition.file_name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": "application/pdf",
        "ETag": quote_etag(tag),
        "Vary": "Cookie",
        "X-Content-Type-Options": "nosniff",
    }


def not_modified(response: HttpResponse, headers: dict[str, str], *, size: int) -> HttpResponse:
    """Repeat on a 304 the headers with which a cache would otherwise overwrite the stored ones."""
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        response["Content-Security-Policy"] = headers["Content-Security-Policy"]
        response["Content-Length"] = str(size)
    return response


def requested_range(request: HttpRequest, headers: dict[str, str], *, size: int) -> ByteRange | None:
    """Return the range a GET asks for; None for the whole file, also where If-Range no longer matches."""
    header = request.headers.get("Range", "")
    if request.method != "GET" or not header:
        return None
    condition = request.headers.get("If-Range", "").strip()
    if condition and not if_range_matches(condition, headers):
        return None
    return parse_range(header, size=size)


def if_range_matches(condition: str, headers: dict[str, str]) -> bool:
    """Say whether ``If-Range`` still matches: a strong ETag or a date, compared exactly."""
    if condition.startswith(('"', "W/")):
        return condition == headers["ETag"]
    moment = parse_http_date_safe(condition)
    return moment is not None and http_date(moment) == headers.get("Last-Modified")


def open_file(edition: Edition) -> File:
    try:
        return edition.document.file.storage.open(edition.document.file.name, "rb")
    except FileNotFoundError as error:
        logger.error("The file of paper %s, edition %s is gone", edition.paper_id, edition.number)
        raise Http404 from error


class FileChunks:
    """Iterate over a range of a file in chunks; ``close`` closes the file, read or not."""

    def __init__(self, file: File, byte_range: ByteRange) -> None:
        self.file = file
        self.byte_range = byte_range

    def __iter__(self) -> Iterator[bytes]:
        remaining = self.byte_range.length
        self._seek(self.byte_range.first)
        while remaining > 0 and (chunk := self.file.read(min(CHUNK_SIZE, remaining))):
            remaining -= len(chunk)
            yield chunk

    def _seek(self, position: int) -> None:
        if self.file.seekable():
            self.file.seek(position)
            return
        while position > 0 and (skipped := self.file.read(min(CHUNK_SIZE, position))):
            position -= len(skipped)

    def close(self) -> None:
        self.file.close()
