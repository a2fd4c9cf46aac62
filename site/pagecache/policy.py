"""Which requests and responses are for everybody, and what Django is told of such a request."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from pagecache.entries import Headers
from pagecache.headers import WHOLE
from pagecache.kept_files import is_about_a_file, is_public

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

KEPT_STATUSES = {"200", "301", "404", "410"}
MAX_QUERY = 300  # characters
MAX_PATH = 1_000  # characters
SHARED_QUERY = re.compile(r"page=[1-9][0-9]{0,2}")  # the pages of a list
VARIED = {"cookie", "accept-encoding"}  # what a kept response may vary by: the page cache minds both
# What the answer to everybody may be made of, or what only makes it another one than a page: a part of a
# file, a 304, a refusal of somebody who asks too often. No other header reaches a view.
PASSED_HEADERS = {
    "HTTP_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT", "HTTP_PURPOSE", "HTTP_SEC_PURPOSE",
    "HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_IF_RANGE", "HTTP_RANGE",
}  # fmt: skip
BODY = {"CONTENT_TYPE", "CONTENT_LENGTH"}  # whose charset would also be that of the query


@dataclass(frozen=True)
class Policy:
    """Which requests are for everybody."""

    hosts: Collection[str]
    is_https: bool
    trusts_proxy: bool  # whether X-Forwarded-Proto is believed
    cookies: Collection[str]  # names; a request with one of them is somebody's own
    query_names: Collection[str]  # that public pages read; a request with others passes
    private_paths: tuple[str, ...]  # beginnings

    def is_for_everybody(self, environ: Environ) -> bool:
        """Say whether a request asks for what everybody gets; one that doesn't passes as it came."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("HTTP_HOST") not in self.hosts:
            return False
        if self.is_https and not self._is_secure(environ):
            return False
        cookie = environ.get("HTTP_COOKIE")
        return not cookie or not any(name in cookie for name in self.cookies)

    def _is_secure(self, environ: Environ) -> bool:
        if self.trusts_proxy:
            return environ.get("HTTP_X_FORWARDED_PROTO") == "https"
        return environ.get("wsgi.url_scheme") == "https"

    def may_keep(self, environ: Environ) -> bool:
        """Say whether what Django finds out for this request might be kept."""
        path = environ["PATH_INFO"]
        return (
            environ["REQUEST_METHOD"] == "GET"
            and len(path) <= MAX_PATH
            and not path.startswith(self.private_paths)
            and self.is_declared(environ.get("QUERY_STRING", ""))
        )

    def is_declared(self, query: str) -> bool:
        """Say whether public pages read all that a query names."""
        return not query or (len(query) <= MAX_QUERY and query_names(query) <= frozenset(self.query_names))

    def is_shared(self, query: str) -> bool:
        """Say whether a page is kept for other processes, too.

        Not with values that anybody can make up: one reader could fill the disk.
        """
        return not query or SHARED_QUERY.fullmatch(query) is not None

    def environ_for_everybody(self, environ: Environ) -> Environ:
        """Return what Django is told of a request whose answer may be kept: nothing of who asks.

        A header that no address holds must not make a page that others get.
        """
        told = {
            name: value
            for name, value in environ.items()
            if name in PASSED_HEADERS or not (name.startswith("HTTP_") or name in BODY)
        }
        if self.is_https and self.trusts_proxy:
            told["HTTP_X_FORWARDED_PROTO"] = "https"
        return {**told, "wsgi.input": io.BytesIO(), WHOLE: True}


@dataclass
class Captured:
    """What an application has answered."""

    status: str = ""
    headers: Headers | None = None

    def start_response(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers


def is_for_everybody(captured: Captured, response: Iterable[bytes]) -> bool:
    """Say whether a response may be kept: whole, the same for all, and found to be so by its own headers."""
    headers = {name.lower(): value for name, value in captured.headers or []}
    control = words(headers.get("cache-control", ""))
    return (
        captured.status[:3] in KEPT_STATUSES
        and not getattr(response, "streaming", True)
        and not is_about_a_file(response)
        and is_public(headers)
        and "public" in control
        and "no-cache" not in control
        and words(headers.get("vary", "")) <= VARIED
        and not headers.keys() & {"content-encoding", "content-range"}
    )


def words(header: str) -> set[str]:
    return {word.strip().lower() for word in header.split(",") if word.strip()}


@lru_cache(maxsize=2_000)
def query_names(query: str) -> frozenset[str]:
    """Return the names in a query as Django reads them; one that nobody declares for too many."""
    try:
        return frozenset(name for name, _ in parse_qsl(query, keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return frozenset({""})
