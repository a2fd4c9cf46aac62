"""Images of single pages: rendered ahead or on request, stored where only our own views reach them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import quote_etag

import sandbox
from pagecache.dependencies import keep_nothing
from pagecache.file_responses import file_response, stored_file
from pagecache.headers import cache_control
from sandbox.local_file import on_disk

if TYPE_CHECKING:
    from papers.files.models import FileRecord

logger = logging.getLogger(__name__)

MAX_HEIGHT_RATIO = 3  # times the width; a longer page gets a narrower image
WIDTH = 1400  # pixels: a page across a large screen, or twice across a phone
MAX_SECONDS = 8.0
MAX_MEGABYTES = 768
MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_CONCURRENT = 2  # per process of the site; a crawler must not take the machine
RETRY_AFTER = "5"  # seconds

CONTENT_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
FAILED, SLOW = "none", "slow"  # extensions of empty files that mark a page as not renderable, or slow

_render_slots = BoundedSemaphore(MAX_CONCURRENT)


class RenderBusyError(Exception):
    """Too many pages are being rendered; try again in some seconds."""


class RenderFailedError(Exception):
    """The page takes too much time or memory, or is damaged."""


def page_image_response(
    request: HttpRequest, record: FileRecord, page: int, extension: str
) -> HttpResponseBase:
    """Return the image of a page; the caller has checked access.

    200, 304, or 503 while too many are being rendered. Raises Http404 where it can't be.
    """
    headers = {
        "Cache-Control": cache_control(request),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": CONTENT_TYPES[extension],
        "ETag": quote_etag(f"{record.sha256[:32]}-{page}-{WIDTH}-{extension}"),
        "Vary": "Cookie",
        "X-Content-Type-Options": "nosniff",
    }
    try:
        name = image_name(record, page, extension)
        return file_response(request, stored_file(storage(), name, headers))
    except RenderBusyError:
        busy = {"Retry-After": RETRY_AFTER, "Cache-Control": "no-store"}
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=busy)
    except (RenderFailedError, FileNotFoundError) as error:
        keep_nothing()  # a page that was only slow is tried once more
        raise Http404 from error


def file_name(record: FileRecord, page: int, extension: str) -> str:
    """Return where an image is stored; it depends on the file's bytes, so equal files are rendered once."""
    return f"pages/{record.sha256}/{page}.{extension}"


def storage() -> Storage:
    return storages["default"]


def can_be_rendered(record: FileRecord, page: int) -> bool:
    """Say whether an image may be offered: not where rendering it has failed before."""
    return not storage().exists(file_name(record, page, FAILED))


def image_name(record: FileRecord, page: int, extension: str) -> str:
    """Return where a page's image is stored; it is rendered now if it was never requested before.

    Raises RenderBusyError and RenderFailedError; takes at most ``MAX_SECONDS``.
    """
    name = file_name(record, page, extension)
    if not storage().exists(name):
        if not can_be_rendered(record, page):
            raise RenderFailedError
        with render_slot():
            render(record, page)
    return name


@contextmanager
def render_slot() -> Iterator[None]:
    """Hold one of the slots. Nobody waits for one: a waiting thread is lost to all other readers."""
    if not _render_slots.acquire(blocking=False):
        raise RenderBusyError
    try:
        yield
    finally:
        _render_slots.release()


def render(record: FileRecord, page: int) -> None:
    """Store both images of a page, or mark it as not renderable. Raises RenderFailedError."""
    with TemporaryDirectory(prefix="colloquy-page-") as folder, on_disk(record.document.file) as path:
        paths = {extension: Path(folder) / f"page.{extension}" for extension in CONTENT_TYPES}
        args = {"webp": str(paths["webp"]), "jpeg": str(paths["jpg"]), "width": WIDTH, "page": page}
        try:
            sandbox.run(
                "papers.pdf.page_image",
                path,
                seconds=MAX_SECONDS,
                megabytes=MAX_MEGABYTES,
                max_file_bytes=MAX_FILE_BYTES,
                niceness=0,
                args=args,
            )
        except sandbox.SandboxError as error:
            logger.warning("Page %s of %s… cannot be rendered: %s", page, record.sha256[:12], error)
            mark_failed(record, page, slow=isinstance(error, sandbox.TimeLimitError))
            raise RenderFailedError from error
        for extension, file in paths.items():
            store(record, page, extension, file.read_bytes())


def render_ahead(record: FileRecord) -> None:
    """Render the first pages that have no image yet; for a task, since it takes a while."""
    for page in range(1, min(record.page_count, settings.PDF_PAGES_AHEAD) + 1):
        if can_be_rendered(record, page) and not storage().exists(file_name(record, page, "webp")):
            with suppress(RenderFailedError):  # which is marked
                render(record, page)


def mark_failed(record: FileRecord, page: int, *, slow: bool) -> None:
    """Never try again; once more if it was only slow: the machine may have been busy."""
    was_slow_before = storage().exists(file_name(record, page, SLOW))
    store(record, page, SLOW if slow and not was_slow_before else FAILED, b"")


def store(record: FileRecord, page: int, extension: str, content: bytes) -> None:
    name = file_name(record, page, extension)
    # Another process may have been faster; a second copy under another name would stay forever.
    if not storage().exists(name):
        storage().save(name, ContentFile(content))


def delete_images(sha256: str) -> None:
    """Delete the images of a file that no document has any more."""
    folder = f"pages/{sha256}"
    if not storage().exists(folder):
        return
    for name in storage().listdir(folder)[1]:
        storage().delete(f"{folder}/{name}")
