"""Count downloads by people: no cookie, no IP address, nothing stored but a number per month.

Robots, HEAD, 304 and all but the first range of a file do not count.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from crawleruseragents import is_crawler
from django.db import DatabaseError, transaction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

logger = logging.getLogger(__name__)

MAX_AGENT_LENGTH = 500  # characters of a User-Agent that are looked at
# What a program sends that does not name itself.
ANONYMOUS_AGENTS = {"", "-", "Mozilla/4.0", "Mozilla/5.0"}
# What people read with; everything else is a program's library, of which no list is complete: Java/17, PHP, …
BROWSERS = ("Mozilla/", "Opera/", "Lynx/", "w3m/", "Links ", "ELinks/", "Dillo/", "NetSurf/")


class Answer(Protocol):
    """What counting looks at of a response with a file."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


def count_download(request: HttpRequest, response: Answer, *, edition_id: int) -> None:
    """Count a download if it is one. A failure here never keeps the file from the reader."""
    if not is_download(request, response):
        return
    from papers.downloads.models import DownloadCount

    try:
        with transaction.atomic():
            DownloadCount.objects.add_one(edition_id)
    except DatabaseError:
        logger.warning("A download of edition %s was not counted", edition_id, exc_info=True)


def is_download(request: HttpRequest, response: Answer) -> bool:
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
    """Say whether a User-Agent is a robot's, or names no browser."""
    agent = agent.strip()[:MAX_AGENT_LENGTH]
    return agent in ANONYMOUS_AGENTS or not agent.startswith(BROWSERS) or is_crawler(agent)
