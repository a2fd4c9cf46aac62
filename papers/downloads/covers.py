"""Covers of PDFs, for whoever may see the edition they are made from.

A cover shows the first page, so it is as private as the file. It lies in the
private storage, and this view asks for the state of its editions at every
request. Public files that are renamed or deleted when a state changes would
need a job for each such change: an embargo that begins or ends, a withdrawal,
a review, a page above that becomes private. One that is late or fails leaves
the cover open; and a public object in a bucket, or behind a proxy, has been
copied by caches that nobody can reach.

It costs one query where the cover is public. Its name is made of its bytes, so
a browser keeps it for good; a shared cache, which hands it to others, asks
again after a minute, as for every public page.
"""

from __future__ import annotations

from pathlib import PurePath

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.signin.mfa import require_recent_mfa
from pagecache.file_responses import file_response, stored_file
from pagecache.headers import PRIVATE, SHARED_MAX_AGE
from papers.downloads.document_access import may_use_as_staff
from papers.editions.models import Edition
from papers.files.models import COVER_TYPES, FileRecord, cover_name
from publishing.media import MAX_AGE

PUBLIC = f"public, max-age={MAX_AGE}, immutable, s-maxage={SHARED_MAX_AGE}"


@require_safe
def cover(request: HttpRequest, stem: str, extension: str) -> HttpResponseBase:
    """Return the cover; 404 for one that does not exist, and for whoever may not see it."""
    content_type = COVER_TYPES.get(suffix := f".{extension}")
    if content_type is None:
        raise Http404
    stored = cover_name(stem)
    is_public = is_public_cover(stored)
    if not is_public and not may_see(request, stored):
        raise Http404
    headers = {
        "Cache-Control": PUBLIC if is_public else PRIVATE,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": content_type,
        "X-Content-Type-Options": "nosniff",
    }
    name = str(PurePath(stored).with_suffix(suffix))
    try:
        return file_response(request, stored_file(default_storage, name, headers))
    except OSError as error:
        raise Http404 from error


def is_public_cover(stored: str) -> bool:
    """Say whether anybody may see the cover: an edition that it is made from is open, if only online."""
    return Edition.objects.public().filter(document__record__cover=stored).exists()


def may_see(request: HttpRequest, stored: str) -> bool:
    """Say whether this reader may see a cover that is not public: by a page's password, or as staff."""
    for record in FileRecord.objects.filter(cover=stored).select_related("document"):
        editions = list(record.document.editions.select_related("paper").with_files())
        if any(edition.may_be_read_by(request) for edition in editions):
            return True
        if may_use_as_staff(record.document, editions, request):
            return require_recent_mfa(request) is None
    return False
