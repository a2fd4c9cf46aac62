"""Answers what everybody may read from stored bytes, before Django sees the request.

A GET or HEAD without a session is looked up by path and query. A kept response
is sent as long as the generation is the one in which it was last found current;
in another one, its versions are compared first. Everything else goes to Django,
and what Django answers is kept if it is the same for everybody: what its queries
read is gathered while they run (``sql``).
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Lock
from typing import Any

from pagecache.counters import Counters
from pagecache.dependencies import Dependencies, gathered
from pagecache.entries import (
    IDENTITY,
    NOT_MODIFIED,
    Answer,
    Entry,
    Headers,
    accepted_encoding,
    compressed,
    is_not_modified,
    not_modified_headers,
)
from pagecache.entry_cache import EntryCache, Key
from pagecache.entry_store import EntryStore
from pagecache.headers import WHOLE
from pagecache.kept_files import KeptFile, KeptFiles, is_about_a_file, is_public, kept_file
from pagecache.policy import Environ, Policy
from pagecache.version_table import VersionTable

logger = logging.getLogger(__name__)

StartResponse = Callable[..., Any]
WSGIApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

KEPT_STATUSES = {"200", "301", "404", "410"}
MAX_BODY = 1024 * 1024  # bytes; larger ones are not kept
MAX_AGE = 3_600.0  # seconds after which a page is rendered anew, whatever it depends on
MAX_FILES = 10_000  # paths remembered


@dataclass
class Captured:
    """What an application has answered."""

    status: str = ""
    headers: Headers | None = None

    def start_response(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers


class PageCache:
    """A WSGI application in front of another one."""

    def __init__(
        self,
        application: WSGIApplication,
        *,
        policy: Policy,
        table: VersionTable,
        cache: EntryCache,
        store: EntryStore,
        counters: Counters,
    ) -> None:
        self.application = application
        self.policy = policy
        self.table = table
        self.cache = cache
        self.store = store
        self.counters = counters
        self._rendering: dict[Key, Lock] = {}
        self._rendering_lock = Lock()
        self._kept_files = KeptFiles()
        self._files: set[str] = set()  # paths whose answers are streams of something else

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not self.policy.is_for_everybody(environ):
            return self.application(environ, start_response)
        key = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        try:
            generation = self.table.generation()
        except Exception:
            # Without the table nobody knows what is current.
            logger.exception("The table of page versions can't be read; pages are rendered for each reader")
            return self.application(environ, start_response)
        entry = self.cache.get(key)
        if entry is not None and self._is_current(entry, generation):
            self.counters.hit()
            return self._send(key, entry, environ, start_response)
        file = self._kept_files.get(key)
        if file is not None and self._is_current(file, generation):
            return self._send_file(file, environ, start_response)
        if not self._may_keep(environ, key):
            self.counters.add("passed")
            return self.application(environ, start_response)
        if "HTTP_RANGE" in environ:
            return self._part(key, environ, start_response)
        if entry is not None:
            self.cache.remove(key)
            self.counters.add("stale")
        return self._rendered(key, environ, start_response)

    def _is_current(self, entry: Entry | KeptFile, generation: int) -> bool:
        if entry.expires_at <= time.time():
            return False
        if entry.generation == generation:
            return True
        read = self.table.read
        for slot, number in entry.versions.items():
            if read(slot) != number:
                return False
        entry.generation = generation
        return True

    def _send(
        self, key: Key, entry: Entry, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        encoding = accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        answer = entry.answers.get(encoding)
        if answer is None:
            before = entry.size
            answer = entry.answer(encoding)
            self.cache.grow(key, entry.size - before)
        return respond(answer, environ, start_response)

    def _send_file(self, file: KeptFile, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        response = file.respond(environ, start_response)
        if response is None:
            self.counters.add("passed")
            return self.application(environ, start_response)
        self.counters.hit()
        return response

    def _part(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Let Django answer for a range; the next ones are answered from here if it was of a public file."""
        self.counters.add("passed")
        captured, generation = Captured(), self.table.generation()
        with gathered(Dependencies(self.table, expires_at=time.time() + MAX_AGE)) as dependencies:
            response = self.application(environ, captured.start_response)
        self._keep_file(key, captured, response, dependencies, generation)
        start_response(captured.status, captured.headers)
        return response

    def _may_keep(self, environ: Environ, key: Key) -> bool:
        """Say whether what Django finds out for this request might be kept; a form's page is not."""
        if environ["REQUEST_METHOD"] != "GET":
            return False
        path, query = key
        return (
            path not in self._files
            and not path.startswith(self.policy.private_paths)
            and self.policy.is_declared(query)
        )

    def _rendered(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the store or, one request at a time for each address, from the application."""
        with ExitStack() as stack:
            stack.enter_context(self._turn(key))
            entry = self._found(key)
            if entry is None:
                stack.enter_context(self.store.lock(key))
                entry = self._found(key)
            if entry is None:
                captured = Captured()
                response, entry = self._render(key, environ, captured)
                if entry is None:
                    start_response(captured.status, captured.headers)
                    return response
        return self._send(key, entry, environ, start_response)

    def _turn(self, key: Key) -> Lock:
        with self._rendering_lock:
            if len(self._rendering) > 10_000:
                self._rendering.clear()
            return self._rendering.setdefault(key, Lock())

    def _found(self, key: Key) -> Entry | None:
        """Return a current entry that another request or process has rendered meanwhile."""
        generation = self.table.generation()
        entry = self.cache.get(key)
        if entry is not None and self._is_current(entry, generation):
            self.counters.hit()
            return entry
        entry = self.store.get(key)
        if entry is None or not self._is_current(entry, generation):
            return None
        self._put(key, entry)
        self.counters.hit()
        return entry

    def _render(self, key: Key, environ: Environ, captured: Captured) -> tuple[Iterable[bytes], Entry | None]:
        """Let Django answer; return its response, and an entry if that may be kept."""
        self.counters.add("misses")
        generation = self.table.generation()
        with gathered(Dependencies(self.table, expires_at=time.time() + MAX_AGE)) as dependencies:
            response = self.application({**environ, WHOLE: True}, captured.start_response)
            if not is_for_everybody(captured, response):
                self._keep_file(key, captured, response, dependencies, generation)
                return response, None
            body = b"".join(response)
        close = getattr(response, "close", None)
        if close is not None:
            close()
        entry = self._entry(captured, body, dependencies, generation)
        if dependencies.untracked:
            logger.warning("%s is not kept: it reads %s", key[0], ", ".join(sorted(dependencies.untracked)))
        if dependencies.untracked or len(body) > MAX_BODY:
            answer = entry.answer(accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
            return respond(answer, environ, captured.start_response), None
        self._put(key, entry)
        self.store.put(key, entry)
        return [], entry

    def _keep_file(
        self,
        key: Key,
        captured: Captured,
        response: Iterable[bytes],
        dependencies: Dependencies,
        generation: int,
    ) -> None:
        """Keep where a public file lies; let later requests for another stream pass at once."""
        file = kept_file(response, captured.status, captured.headers or [], dependencies, generation)
        if file is not None:
            self._kept_files.put(key, file)
        elif getattr(response, "streaming", False):
            self._remember_file(key)

    def _remember_file(self, key: Key) -> None:
        if len(self._files) >= MAX_FILES:
            self._files.clear()
        self._files.add(key[0])

    def _entry(self, captured: Captured, body: bytes, dependencies: Dependencies, generation: int) -> Entry:
        dropped = {"etag", "content-length", "content-encoding"}
        headers = [(name, value) for name, value in captured.headers or [] if name.lower() not in dropped]
        content_type = next((value for name, value in headers if name.lower() == "content-type"), "")
        packed, encoding = compressed(body, content_type)
        if encoding != IDENTITY:
            headers = with_vary(headers)
        headers.append(("Surrogate-Key", " ".join(sorted(dependencies.names))))
        return Entry(
            status=captured.status, headers=headers, body=packed, encoding=encoding,
            etag=hashlib.sha256(body).hexdigest()[:32], versions=dependencies.versions,
            expires_at=dependencies.expires_at, generation=generation,
        )  # fmt: skip

    def _put(self, key: Key, entry: Entry) -> None:
        is_minor = entry.status.startswith(("404", "410")) or self.policy.is_minor(key[1])
        self.cache.put(key, entry, minor=is_minor)
        self.counters.set("bytes", self.cache.bytes)
        self.counters.set("entries", len(self.cache))


def is_for_everybody(captured: Captured, response: Iterable[bytes]) -> bool:
    """Say whether a response may be kept: whole, the same for all, and found to be so by its own headers."""
    headers = {name.lower(): value for name, value in captured.headers or []}
    return (
        captured.status[:3] in KEPT_STATUSES
        and not getattr(response, "streaming", True)
        and not is_about_a_file(response)
        and is_public(headers)
    )


def respond(answer: Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    if ("HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ) and is_not_modified(
        answer, environ
    ):
        start_response(NOT_MODIFIED, not_modified_headers(answer))
        return []
    start_response(answer.status, answer.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def with_vary(headers: Headers) -> Headers:
    """Return headers that tell caches of the encodings, too."""
    varied = [value for name, value in headers if name.lower() == "vary"]
    rest = [(name, value) for name, value in headers if name.lower() != "vary"]
    return [*rest, ("Vary", ", ".join([*varied, "Accept-Encoding"]))]
