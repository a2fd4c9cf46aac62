"""Which requests are for everybody, so that a kept response may answer them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

Environ = dict[str, Any]

MAX_QUERY = 300  # characters


@dataclass(frozen=True)
class Policy:
    """Which requests are for everybody."""

    hosts: Collection[str]
    is_https: bool
    trusts_proxy: bool  # whether X-Forwarded-Proto is believed
    cookies: Collection[str]  # names; a request with one of them is somebody's own
    query_names: Collection[str]  # that public pages read; a request with others passes
    minor_query_names: Collection[str]  # whose values anybody can make up
    private_paths: tuple[str, ...]  # beginnings

    def is_for_everybody(self, environ: Environ) -> bool:
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

    def is_declared(self, query: str) -> bool:
        """Say whether public pages read all that a query names."""
        return not query or (len(query) <= MAX_QUERY and query_names(query) <= frozenset(self.query_names))

    def is_minor(self, query: str) -> bool:
        """Say whether a query has values that anybody can make up."""
        return bool(query_names(query) & frozenset(self.minor_query_names))


@lru_cache(maxsize=10_000)
def query_names(query: str) -> frozenset[str]:
    try:
        return frozenset(name for name, _ in parse_qsl(query, keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return frozenset({""})  # which nobody declares
