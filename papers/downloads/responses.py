"""Answering with a file: all of it, a part, or the news that nothing changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe, quote_etag

from pagecache.headers import SHARED_MAX_AGE
from papers.downloads.ranges import Span, Unsatisfiable, span

if TYPE_CHECKING:
    from papers.editions.models import Edition

logger = logging.getLogger(__name__)

AT_A_TIME = 64 * 1024  # bytes in memory, however long the file


def answer(request: HttpRequest, edition: Edition, *, changed_at: datetime | None) -> HttpResponseBase:
    """Answer a GET or HEAD with an edition's file; whether the reader may have it was asked before.

    ``changed_at`` is when this address last began to answer with other bytes.
    200, 206, 304, 412 or 416; several ranges at once get the whole file.
    Raises Http404 where the storage has lost the file.
    """
    size = edition.record.size if edition.record else edition.document.get_file_size()
    headers = headers_of(request, edition)
    modified = int(changed_at.timestamp()) if changed_at else None
    if modified is not None:
        headers["Last-Modified"] = http_date(modified)
    plain = HttpResponse(headers=headers)
    settled = get_conditional_response(request, headers["ETag"], modified, plain)
    if settled is not plain:
        return told_again(settled, headers, size=size)
    try:
        part = asked_for(request, headers, size=size)
    except Unsatisfiable:
        short = {"Accept-Ranges": "bytes", "Content-Range": f"bytes */{size}", "Content-Type": "text/plain"}
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=short)
    sent = part or Span(0, size)
    headers["Content-Length"] = str(sent.length)
    if part:
        headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    status = HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(Pieces(opened(edition), sent), status=status, headers=headers)


def read_instead(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Lead to the reader whoever asks for a file that is only to be read there."""
    context = {"page": edition.paper, "edition": edition}
    return TemplateResponse(request, "papers/read_instead.html", context, status=HTTPStatus.FORBIDDEN)


def headers_of(request: HttpRequest, edition: Edition) -> dict[str, str]:
    tag = edition.record.sha256 if edition.record else edition.document.get_file_hash()
    return {
        "Accept-Ranges": "bytes",
        "Cache-Control": keeping(request),
        "Content-Disposition": content_disposition_header(True, edition.file_name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": "application/pdf",
        "ETag": quote_etag(tag),
        "Vary": "Cookie",
        "X-Content-Type-Options": "nosniff",
    }


def told_again(response: HttpResponse, headers: dict[str, str], *, size: int) -> HttpResponse:
    """Repeat on a 304 what a cache would else take from it: the site's own policy, and a length of 0."""
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        response["Content-Security-Policy"] = headers["Content-Security-Policy"]
        response["Content-Length"] = str(size)
    return response


def keeping(request: HttpRequest) -> str:
    """Return who may keep the answer: with a session nobody, else every cache on the way."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return "private, no-store"
    return f"public, max-age=0, must-revalidate, s-maxage={SHARED_MAX_AGE}"


def asked_for(request: HttpRequest, headers: dict[str, str], *, size: int) -> Span | None:
    """Return the part a GET asks for, unless it asks on a condition that no longer holds."""
    asked = request.headers.get("Range", "")
    if request.method != "GET" or not asked:
        return None
    condition = request.headers.get("If-Range", "").strip()
    if condition and not holds(condition, headers):
        return None
    return span(asked, size=size)


def holds(condition: str, headers: dict[str, str]) -> bool:
    """Say whether ``If-Range`` still holds: a strong tag or a date, compared exactly."""
    if condition.startswith(('"', "W/")):
        return condition == headers["ETag"]
    moment = parse_http_date_safe(condition)
    return moment is not None and http_date(moment) == headers.get("Last-Modified")


def opened(edition: Edition) -> File:
    try:
        return edition.document.file.storage.open(edition.document.file.name, "rb")
    except FileNotFoundError as error:
        logger.error("The file of paper %s, edition %s is gone", edition.paper_id, edition.number)
        raise Http404 from error


class Pieces:
    """Some bytes of a file, piece by piece; closing it closes the file, read or not."""

    def __init__(self, file: File, part: Span) -> None:
        self.file = file
        self.part = part

    def __iter__(self) -> Iterator[bytes]:
        left = self.part.length
        self._go_to(self.part.first)
        while left > 0 and (piece := self.file.read(min(AT_A_TIME, left))):
            left -= len(piece)
            yield piece

    def _go_to(self, place: int) -> None:
        if self.file.seekable():
            self.file.seek(place)
            return
        while place > 0 and (skipped := self.file.read(min(AT_A_TIME, place))):
            place -= len(skipped)

    def close(self) -> None:
        self.file.close()
