"""Page caches in front of the site, each as a process of its own would have it."""

from __future__ import annotations

import io
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from config import page_cache
from pagecache.counters import Counters
from pagecache.entry_cache import EntryCache
from pagecache.entry_store import EntryStore, FileStore
from pagecache.front import PageCache
from pagecache.policy import Policy, WSGIApplication
from pagecache.version_table import VersionTable
from pagecache.versions import version_table

HOST = "testserver"


@dataclass
class Response:
    status: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes = b""

    @property
    def body(self) -> bytes:
        return brotli.decompress(self.raw) if self.headers.get("Content-Encoding") == "br" else self.raw


class NoStore:
    """Processes that share nothing but the table of versions."""

    def get(self, key):
        return None

    def put(self, key, entry):
        pass

    def lock(self, key):
        return nullcontext()


def make_policy(**changes: Any) -> Policy:
    return Policy(**{**vars(page_cache.policy()), "hosts": {HOST}, **changes})


def make_cache(
    folder: Path,
    *,
    application: WSGIApplication | None = None,
    store: EntryStore | None = None,
    table: VersionTable | None = None,
    max_bytes: int = 64 * 1024 * 1024,
    **policy: Any,
) -> PageCache:
    return PageCache(
        application or get_wsgi_application(),
        policy=make_policy(**policy),
        table=table or version_table(),
        cache=EntryCache(max_bytes),
        store=store or FileStore(folder / "entries", "build"),
        counters=Counters(folder / "counters"),
    )


def ask(
    application: WSGIApplication,
    path: str,
    method: str = "GET",
    *,
    variables: dict[str, Any] | None = None,
    **headers: str,
) -> Response:
    """Send one request; ``headers`` are written as ``if_none_match``, ``variables`` as CGI has them."""
    response = Response()
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": HOST,
        "SERVER_NAME": HOST, "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        **(variables or {}),
    }  # fmt: skip

    def start_response(status, pairs, exc_info=None):
        response.status, response.headers = status, dict(pairs)

    with connection_of_the_test():
        result = application(environ, start_response)
        response.raw = b"".join(result)
        if hasattr(result, "close"):
            result.close()
    return response


@contextmanager
def connection_of_the_test():
    """Let no request close the connection that holds the test's transaction, as Django's test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
