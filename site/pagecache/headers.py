"""The cache headers of every response.

All readers without a session get the same bytes: public, with a strong ETag,
and compressed in a way that gives the same bytes each time. A reader with a
session gets a private response that no cache stores.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe, quote_etag

from pagecache.entries import COMPRESSED_TYPES, GZIP_LEVEL, MIN_COMPRESSED_LENGTH

WHOLE = "pagecache.whole"  # in a request's META: the page cache keeps what is answered
SHARED_MAX_AGE = 60  # seconds
PUBLIC = f"public, max-age=0, must-revalidate, s-maxage={SHARED_MAX_AGE}"
PRIVATE = "private, no-store"


class CacheHeadersMiddleware:
    """Set Cache-Control, Vary and ETag, and answer conditional requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.has_header("Cache-Control") or request.path.startswith(settings.STATIC_URL):
            return response
        patch_vary_headers(response, ["Cookie"])
        if not is_cacheable(request, response):
            response["Cache-Control"] = PRIVATE
            return response
        response["Cache-Control"] = PUBLIC
        if response.streaming or WHOLE in request.META:
            return response  # what is to be kept is compressed and tagged by the page cache
        compress(request, response)
        if not response.has_header("ETag"):
            response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        return self.conditional(request, response)

    def conditional(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Answer 304 where the reader has these bytes already, by ETag or by Last-Modified."""
        modified = parse_http_date_safe(response.get("Last-Modified", ""))
        answer = get_conditional_response(
            request, etag=response["ETag"], last_modified=modified, response=response
        )
        return answer or response


def cache_control(request: HttpRequest) -> str:
    """Return the Cache-Control of a file that is the same for everyone who may have it."""
    return PRIVATE if has_session(request) else PUBLIC


def has_session(request: HttpRequest) -> bool:
    """Say whether the browser sent a session cookie; without one no page asks for the session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_cacheable(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether the response is the same for everyone."""
    is_cacheable_kind = request.method in ("GET", "HEAD") and response.status_code in (200, 301, 404, 410)
    is_personal = request.path.startswith(("/accounts/", "/admin/"))
    return is_cacheable_kind and not has_session(request) and not is_personal and not response.cookies


def compress(request: HttpRequest, response: HttpResponse) -> None:
    """Compress the response if the browser accepts it; the same content gives the same bytes."""
    is_worthwhile = (
        response["Content-Type"].startswith(COMPRESSED_TYPES)
        and len(response.content) > MIN_COMPRESSED_LENGTH
    )
    if not is_worthwhile or response.has_header("Content-Encoding"):
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, compresslevel=GZIP_LEVEL, mtime=0)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
