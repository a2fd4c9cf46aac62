"""Responses with an edition's file: all of it, a range, or 304."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header, quote_etag

from pagecache.file_responses import StoredFile
from pagecache.file_responses import file_response as stored_file_response
from pagecache.headers import cache_control
from papers.downloads.counter import count_download

if TYPE_CHECKING:
    from papers.editions.models import Edition

logger = logging.getLogger(__name__)


def file_response(request: HttpRequest, edition: Edition, *, changed_at: datetime | None) -> HttpResponseBase:
    """Return the response to a GET or HEAD for an edition's file; the caller has checked access.

    ``changed_at`` is when this address last began to return other bytes. The
    status is 200, 206, 304, 412 or 416; several ranges at once get the whole
    file. Counts a download. Raises Http404 where the storage has lost the file.
    """
    stored = edition.document.file
    file = StoredFile(
        storage=stored.storage,
        name=stored.name,
        size=edition.record.size if edition.record else edition.document.get_file_size(),
        headers=file_headers(request, edition),
        modified=int(changed_at.timestamp()) if changed_at else None,
        on_sent=partial(count_download, edition_id=edition.pk),
    )
    try:
        return stored_file_response(request, file)
    except FileNotFoundError as error:
        logger.error("The file of paper %s, edition %s is gone", edition.paper_id, edition.number)
        raise Http404 from error


def read_online_only(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Return the page that leads to the online reader, for an edition without a download."""
    context = {"page": edition.paper, "edition": edition}
    return TemplateResponse(request, "papers/read_online_only.html", context, status=HTTPStatus.FORBIDDEN)


def file_headers(request: HttpRequest, edition: Edition) -> dict[str, str]:
    tag = edition.record.sha256 if edition.record else edition.document.get_file_hash()
    return {
        "Cache-Control": cache_control(request),
        "Content-Disposition": content_disposition_header(True, edition.file_name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": "application/pdf",
        "ETag": quote_etag(tag),
        "Vary": "Cookie",
        "X-Content-Type-Options": "nosniff",
    }
