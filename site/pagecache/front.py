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
from collections.abc import Iterable
from sys import intern

from pagecache.counters import Counters
from pagecache.dependencies import Dependencies, gathered
from pagecache.entries import (
    IDENTITY,
    Entry,
    accepted_encoding,
    compressed,
    respond,
    with_vary,
)
from pagecache.entry_cache import EntryCache, Key
from pagecache.entry_store import EntryStore
from pagecache.kept_files import KeptFile, KeptFiles, kept_file
from pagecache.policy import Captured, Environ, Policy, StartResponse, WSGIApplication, is_for_everybody
from pagecache.turns import Turns
from pagecache.version_table import VersionTable

logger = logging.getLogger(__name__)

MAX_BODY = 1024 * 1024  # bytes; larger ones are not kept
MAX_AGE = 3_600.0  # seconds after which a page is rendered anew, whatever it depends on
MAX_ACCEPTED = 200  # characters of Accept-Encoding that are read
MAX_REMEMBERED = 10_000  # addresses whose answers are not kept
PASSING_SECONDS = 10.0  # for which an address passes whose answer could not be kept


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
        self._turns = Turns()
        self._kept_files = KeptFiles()
        self._streams: set[str] = set()  # paths whose answers are streams of something else
        self._passing: dict[Key, float] = {}  # until when an address passes
        self._is_blind = False

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not self.policy.is_for_everybody(environ):
            return self.application(environ, start_response)
        key = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        try:
            generation = self.table.generation()
        except Exception:
            self._note_blindness()
            return self.application(environ, start_response)
        entry = self.cache.get(key)
        if entry is not None and self._is_current(entry, generation):
            self.counters.hit()
            return self._send(key, entry, environ, start_response)
        file = self._kept_files.get(key)
        if file is not None and self._is_current(file, generation):
            return self._send_file(file, environ, start_response)
        if not self.policy.may_keep(environ) or self._passes(key):
            self.counters.add("passed")
            return self.application(environ, start_response)
        if "HTTP_RANGE" in environ:
            return self._part(key, environ, start_response)
        if entry is not None:
            self.cache.remove(key)
            self.counters.add("stale")
        return self._rendered(key, environ, start_response)

    def _note_blindness(self) -> None:
        """Log once that pages are not kept: without the table nobody knows what is current."""
        if not self._is_blind:
            self._is_blind = True
            logger.exception("The table of page versions can't be read; pages are rendered for each reader")

    def _generation(self) -> int:
        """Return the generation; 0, which it never is, where the table can't be read."""
        try:
            generation = self.table.generation()
        except Exception:
            self._note_blindness()
            return 0
        self._is_blind = False
        return generation

    def _is_current(self, entry: Entry | KeptFile, generation: int) -> bool:
        if not entry.begins_at <= time.time() < entry.expires_at:
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
        encoding = accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")[:MAX_ACCEPTED])
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
        generation = self._generation()
        if not generation:
            return self.application(environ, start_response)
        captured = Captured()
        with gathered(Dependencies(self.table, expires_at=time.time() + MAX_AGE)) as dependencies:
            response = self.application(environ, captured.start_response)
        self._keep_file(key, environ, captured, response, dependencies, generation)
        start_response(captured.status, captured.headers)
        return response

    def _passes(self, key: Key) -> bool:
        """Say whether an earlier answer from this address was a stream or, lately, another that is not kept.

        Requests for those would wait for one another in vain.
        """
        return key[0] in self._streams or self._passing.get(key, 0.0) > time.monotonic()

    def _let_pass(self, key: Key) -> None:
        if len(self._passing) >= MAX_REMEMBERED:
            self._passing.clear()
        self._passing[key] = time.monotonic() + PASSING_SECONDS

    def _rendered(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the store or, one request at a time for each address, from the application."""
        arrived = time.monotonic()
        with self._turns.of(key) as turn:
            entry = self._found(key) or turn.rendered_since(arrived)
            if entry is None and not self._passes(key):
                with self.store.lock(key):
                    entry = self._found(key)
                    if entry is None:
                        captured, began = Captured(), time.monotonic()
                        response, entry = self._render(key, environ, captured)
                        turn.began, turn.entry = began, entry
                        if entry is None:
                            start_response(captured.status, captured.headers)
                            return response
        if entry is None:
            self.counters.add("passed")
            return self.application(environ, start_response)
        return self._send(key, entry, environ, start_response)

    def _found(self, key: Key) -> Entry | None:
        """Return a current entry that another request or process has rendered meanwhile."""
        generation = self._generation()
        if not generation:
            return None
        entry = self.cache.get(key)
        if entry is not None and self._is_current(entry, generation):
            self.counters.hit()
            return entry
        entry = self.store.get(key) if self.policy.is_shared(key[1]) else None
        if entry is None or not self._is_current(entry, generation):
            return None
        self._put(key, entry)
        self.counters.hit()
        return entry

    def _render(self, key: Key, environ: Environ, captured: Captured) -> tuple[Iterable[bytes], Entry | None]:
        """Let Django answer; return its response, and an entry if that may be kept."""
        generation = self._generation()
        if not generation:
            self.counters.add("passed")
            return self.application(environ, captured.start_response), None
        self.counters.add("misses")
        now = time.time()
        with gathered(Dependencies(self.table, expires_at=now + MAX_AGE)) as dependencies:
            response = self.application(self.policy.environ_for_everybody(environ), captured.start_response)
            if not is_for_everybody(captured, response):
                self._keep_file(key, environ, captured, response, dependencies, generation)
                return response, None
            body = b"".join(response)
        close = getattr(response, "close", None)
        if close is not None:
            close()
        entry = self._entry(captured, body, dependencies)
        entry.generation, entry.begins_at = generation, now
        if dependencies.untracked:
            logger.warning("%s is not kept: it reads %s", key[0], ", ".join(sorted(dependencies.untracked)))
        if dependencies.untracked or len(body) > MAX_BODY or entry.expires_at <= now:
            self._let_pass(key)
            answer = entry.answer(accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")[:MAX_ACCEPTED]))
            return respond(answer, environ, captured.start_response), None
        self._put(key, entry)
        if entry.is_page and self.policy.is_shared(key[1]):
            self.store.put(key, entry)
        return [], entry

    def _keep_file(
        self,
        key: Key,
        environ: Environ,
        captured: Captured,
        response: Iterable[bytes],
        dependencies: Dependencies,
        generation: int,
    ) -> None:
        """Keep where a public file lies; let later requests for anything else pass at once."""
        file = kept_file(response, captured.status, captured.headers or [], dependencies, generation)
        if file is not None:
            self._kept_files.put(key, file)
        elif getattr(response, "streaming", False) and captured.status.startswith("200"):
            if len(self._streams) >= MAX_REMEMBERED:
                self._streams.clear()
            self._streams.add(key[0])
        elif "HTTP_RANGE" not in environ:  # whose answer says nothing of a whole page's
            self._let_pass(key)

    def _entry(self, captured: Captured, body: bytes, dependencies: Dependencies) -> Entry:
        dropped = {"etag", "content-length", "content-encoding"}
        headers = [
            (intern(name), intern(value))
            for name, value in captured.headers or []
            if name.lower() not in dropped
        ]
        content_type = next((value for name, value in headers if name.lower() == "content-type"), "")
        packed, encoding = compressed(body, content_type)
        if encoding != IDENTITY:
            headers = with_vary(headers)
        headers.append(("Surrogate-Key", " ".join(sorted(dependencies.names))))
        return Entry(
            status=captured.status, headers=headers, body=packed, encoding=encoding,
            etag=hashlib.sha256(body).hexdigest()[:32], versions=dependencies.versions,
            expires_at=dependencies.expires_at,
        )  # fmt: skip

    def _put(self, key: Key, entry: Entry) -> None:
        # Anybody can make up addresses that don't exist, and values of a query.
        self.cache.put(key, entry, minor=not entry.is_page or bool(key[1]))
        self.counters.set("bytes", self.cache.bytes)
        self.counters.set("entries", len(self.cache))
