"""Pictures of single pages: painted when first asked for, kept where only our own views reach them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from papers.downloads.responses import keeping
from papers.files.local_file import on_disk
from papers.pdf import sandbox

if TYPE_CHECKING:
    from papers.files.models import FileRecord

logger = logging.getLogger(__name__)

HIGHEST = 3  # times the width; beyond, the picture gets narrower
WIDTH = 1400  # pixels: a page across a large screen, or twice across a phone
SECONDS = 8.0
MEGABYTES = 768
BIGGEST = 8 * 1024 * 1024
AT_ONCE = 2  # painted by one process of the site; a crawler must not take the machine
SECONDS_OF_WAITING = 4.0
SECONDS_TO_COME_AGAIN = "5"

TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
NONE, SLOW = "none", "slow"  # endings of marks that say that a page can't be painted, or took long

_brushes = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Too many pages are being painted; ask again in some seconds."""


class Unpaintable(Exception):
    """This page takes too much time or memory, or is damaged."""


def answer(request: HttpRequest, record: FileRecord, page: int, ending: str) -> HttpResponseBase:
    """Answer with the picture of a page; whether the reader may see it was asked before.

    200, 304, or 503 while too many are being painted. Raises Http404 where it can't be.
    """
    headers = {
        "Cache-Control": keeping(request),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": TYPES[ending],
        "ETag": quote_etag(f"{record.sha256[:32]}-{page}-{WIDTH}-{ending}"),
        "Vary": "Cookie",
        "X-Content-Type-Options": "nosniff",
    }
    plain = HttpResponse(headers=headers)
    settled = get_conditional_response(request, headers["ETag"], None, plain)
    if settled is not plain:
        return settled
    try:
        return FileResponse(picture(record, page, ending), headers=headers)
    except Busy:
        busy = {"Retry-After": SECONDS_TO_COME_AGAIN, "Cache-Control": "no-store"}
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=busy)
    except (Unpaintable, FileNotFoundError) as error:
        raise Http404 from error


def name(record: FileRecord, page: int, ending: str) -> str:
    """Return where a picture is kept; the bytes of the file say it, so the same file is painted once."""
    return f"pages/{record.sha256}/{page}.{ending}"


def keep() -> Storage:
    return storages["default"]


def can_be_painted(record: FileRecord, page: int) -> bool:
    """Say whether a picture may be offered: none is where painting it has failed before."""
    return not keep().exists(name(record, page, NONE))


def picture(record: FileRecord, page: int, ending: str) -> File:
    """Return a page's picture, painted now where nobody asked for it before.

    Raises Busy and Unpaintable; takes at most ``SECONDS_OF_WAITING`` + ``SECONDS``.
    """
    wanted = name(record, page, ending)
    if not keep().exists(wanted):
        if not can_be_painted(record, page):
            raise Unpaintable
        with brush():
            if not keep().exists(wanted):  # somebody may have painted it while we waited
                paint(record, page)
    return keep().open(wanted, "rb")


@contextmanager
def brush() -> Iterator[None]:
    if not _brushes.acquire(timeout=SECONDS_OF_WAITING):
        raise Busy
    try:
        yield
    finally:
        _brushes.release()


def paint(record: FileRecord, page: int) -> None:
    """Paint both pictures of a page, or leave a mark that it can't be done. Raises Unpaintable."""
    with TemporaryDirectory(prefix="colloquy-page-") as folder, on_disk(record.document.file) as path:
        made = {ending: Path(folder) / f"page.{ending}" for ending in TYPES}
        args = {"webp": str(made["webp"]), "jpeg": str(made["jpg"]), "width": WIDTH, "page": page}
        limits = {"seconds": SECONDS, "megabytes": MEGABYTES, "max_file_bytes": BIGGEST, "niceness": 0}
        try:
            sandbox.run("papers.pdf.page_image", path, args=args, **limits)
        except sandbox.SandboxError as error:
            logger.warning("Page %s of %s… can't be painted: %s", page, record.sha256[:12], error)
            give_up(record, page, slow=isinstance(error, sandbox.TimeLimitError))
            raise Unpaintable from error
        for ending, file in made.items():
            store(record, page, ending, file.read_bytes())


def give_up(record: FileRecord, page: int, *, slow: bool) -> None:
    """Never try again; once more, where it was only slow: perhaps the machine was busy."""
    seen_before = keep().exists(name(record, page, SLOW))
    store(record, page, SLOW if slow and not seen_before else NONE, b"")


def store(record: FileRecord, page: int, ending: str, content: bytes) -> None:
    wanted = name(record, page, ending)
    # Another process may have been quicker; a second copy under another name would stay for good.
    if not keep().exists(wanted):
        keep().save(wanted, ContentFile(content))


def forget(sha256: str) -> None:
    """Delete the pictures of a file that nobody has any more."""
    folder = f"pages/{sha256}"
    if not keep().exists(folder):
        return
    for kept in keep().listdir(folder)[1]:
        keep().delete(f"{folder}/{kept}")
