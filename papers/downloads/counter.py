"""Counting downloads by people: no cookie, no address, nothing kept but a number a month.

Robots, HEAD, 304 and the later parts of a file fetched piece by piece do not count.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from papers.editions.models import Edition

logger = logging.getLogger(__name__)

KEPT_LIST = Path(__file__).with_name("robots.txt")


def note(request: HttpRequest, response: HttpResponseBase, edition: Edition) -> None:
    """Count a download if it is one. Whatever goes wrong here, the reader gets the file."""
    if not is_download(request, response):
        return
    from papers.downloads.models import DownloadCount

    try:
        with transaction.atomic():
            DownloadCount.objects.add_one(edition.pk)
    except DatabaseError:
        logger.warning("A download of edition %s was not counted", edition.pk, exc_info=True)


def is_download(request: HttpRequest, response: HttpResponseBase) -> bool:
    if request.method != "GET" or is_prefetch(request) or is_robot(request.headers.get("User-Agent", "")):
        return False
    if response.status_code == HTTPStatus.PARTIAL_CONTENT:
        return begins_at_the_start(response.headers["Content-Range"])
    return response.status_code == HTTPStatus.OK


def begins_at_the_start(content_range: str) -> bool:
    return content_range.startswith("bytes 0-")


def is_prefetch(request: HttpRequest) -> bool:
    """Say whether a browser fetches this only because somebody might want it."""
    return "prefetch" in (request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", ""))


def is_robot(agent: str) -> bool:
    """Say whether a program calls itself by a name on the kept list; no name at all is a robot's."""
    return robots().search(agent.strip()) is not None


@cache
def robots() -> re.Pattern[str]:
    lines = KEPT_LIST.read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(line for line in lines if line and not line.startswith("#")), re.IGNORECASE)
