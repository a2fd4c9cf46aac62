"""What every answer says about keeping it.

A reader without a session gets the same bytes as every other one: public, with
a strong ETag, compressed by rules that give the same bytes each time. Whoever
has a session gets an answer of their own that nobody keeps.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

SHARED_SECONDS = 60
WORTH_PACKING = 600  # bytes; below, the gzip header eats the gain
PACKED_TYPES = ("text/", "application/atom+xml", "application/xml", "application/json", "image/svg+xml")


class ReaderHeaders:
    """Tell caches what they may keep, and answer a conditional request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.has_header("Cache-Control") or request.path.startswith(settings.STATIC_URL):
            return response
        patch_vary_headers(response, ["Cookie"])
        if not may_be_shared(request, response):
            response["Cache-Control"] = "private, no-store"
            return response
        response["Cache-Control"] = f"public, max-age=0, must-revalidate, s-maxage={SHARED_SECONDS}"
        if response.streaming:
            return response
        pack(request, response)
        if not response.has_header("ETag"):
            response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        return get_conditional_response(request, etag=response["ETag"], response=response) or response


def may_be_shared(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether an answer is the same for everyone."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    keeps = request.method in ("GET", "HEAD") and response.status_code in (200, 301, 404, 410)
    personal = request.path.startswith(("/accounts/", "/admin/"))
    return keeps and not has_session and not personal and not response.cookies


def pack(request: HttpRequest, response: HttpResponse) -> None:
    """Compress the answer where the browser takes it; the same bytes each time."""
    wanted = response["Content-Type"].startswith(PACKED_TYPES) and len(response.content) > WORTH_PACKING
    if not wanted or response.has_header("Content-Encoding"):
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
