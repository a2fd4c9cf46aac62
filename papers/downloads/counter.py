"""Count downloads by people: no cookie, no IP address, nothing stored but a number per month.

Robots, HEAD, 304 and all but the first range of a file do not count.
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

ROBOTS_FILE = Path(__file__).with_name("robots.txt")


def count_download(request: HttpRequest, response: HttpResponseBase, edition: Edition) -> None:
    """Count a download if it is one. A failure here never keeps the file from the reader."""
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
        return is_first_range(response.headers["Content-Range"])
    return response.status_code == HTTPStatus.OK


def is_first_range(content_range: str) -> bool:
    return content_range.startswith("bytes 0-")


def is_prefetch(request: HttpRequest) -> bool:
    """Say whether a browser fetches this before anybody has asked for it."""
    return "prefetch" in (request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", ""))


def is_robot(agent: str) -> bool:
    """Say whether a User-Agent matches the list of robots; an empty one does."""
    return robots().search(agent.strip()) is not None


@cache
def robots() -> re.Pattern[str]:
    lines = ROBOTS_FILE.read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(line for line in lines if line and not line.startswith("#")), re.IGNORECASE)
