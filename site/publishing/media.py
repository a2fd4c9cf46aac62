"""Public images, served by Django where no proxy does it."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.core.files.utils import validate_file_name
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pagecache.file_responses import file_response, stored_file

CONTENT_TYPES = {
    ".avif": "image/avif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
MAX_AGE = 365 * 24 * 60 * 60  # seconds; a file name never gets other content


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve one image of the public storage, cacheable for good; 404 for anything else."""
    content_type = CONTENT_TYPES.get(PurePosixPath(name).suffix.lower())
    if content_type is None or "\0" in name or "\\" in name:
        raise Http404
    headers = {
        "Cache-Control": f"public, max-age={MAX_AGE}, immutable",
        "Content-Security-Policy": "default-src 'none'",
        "Content-Type": content_type,
        "X-Content-Type-Options": "nosniff",
    }
    try:
        validate_file_name(name, allow_relative_path=True)
        return file_response(request, stored_file(storages["public"], name, headers))
    except (SuspiciousFileOperation, OSError) as error:
        raise Http404 from error
