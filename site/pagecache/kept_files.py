"""Files that everybody may have, answered before Django: whole, in part, or that nothing has changed.

Once Django has answered for one, what it found out (the page, its privacy, the
edition's state, an embargo) stays right as long as the versions of all that it
has read. Kept are the headers and where the file lies, never its bytes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from typing import Any

from django.core.signals import request_finished, request_started
from django.http import HttpRequest

from pagecache.dependencies import Dependencies
from pagecache.entries import Headers
from pagecache.entry_cache import Key
from pagecache.file_responses import (
    ATTRIBUTE,
    FileAnswer,
    StoredFile,
    file_answer,
    open_chunks,
    sent_answer,
)

KEPT_STATUSES = {"200", "206", "304"}
# Answered by Django: what says no, in words or with headers that only Django knows.
ANSWERED_STATUSES = {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED}
RARE_CONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
# Headers about what an answer holds, of which each has its own.
OF_ONE_ANSWER = {
    "accept-ranges", "content-disposition", "content-length", "content-range", "content-type",
    "last-modified", "x-accel-redirect", "x-sendfile",
}  # fmt: skip
MAX_FILES = 2_000  # in each process, some 4 KB each


@dataclass
class KeptFile:
    """A file that everybody may have, and the versions of what says so."""

    file: StoredFile
    other_headers: Headers  # that Django adds to every answer about the file
    versions: dict[int, int]
    expires_at: float
    generation: int  # in which the versions were last compared
    begins_at: float = 0.0  # as an entry has it; what a file may do until a moment, it may do before

    def respond(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
        """Answer a GET or HEAD; None where Django has to, which then says what is wrong."""
        if any(name in environ for name in RARE_CONDITIONS):
            return None
        request = HttpRequest()
        request.method, request.META = environ["REQUEST_METHOD"], environ
        answer = file_answer(request, self.file)
        if answer.status_code not in ANSWERED_STATUSES:
            return None
        try:
            chunks = open_chunks(self.file, answer)
        except OSError:
            return None
        if self.file.on_sent:
            count(request, answer, self.file)
        sent = sent_answer(request, self.file, answer)
        status = f"{sent.status_code.value} {sent.status_code.phrase}"
        others = (pair for pair in self.other_headers if pair[0] not in sent.headers)
        start_response(status, [*sent.headers.items(), *others])
        if chunks is None:
            return []
        if sent.byte_range is None:
            chunks.close()
            return []
        return chunks


def count(request: HttpRequest, answer: FileAnswer, file: StoredFile) -> None:
    """Let the file's owner count; by these signals, Django looks after the connection of the thread."""
    request_started.send(sender=KeptFile, environ=request.META)
    try:
        if file.on_sent:
            file.on_sent(request, answer)
    finally:
        request_finished.send(sender=KeptFile)


def kept_file(
    response: object, status: str, headers: Headers, dependencies: Dependencies, generation: int
) -> KeptFile | None:
    """Return what to keep of Django's answer; None unless everybody may have the file, and it is on disk."""
    file: StoredFile | None = getattr(response, ATTRIBUTE, None)
    if file is None or file.path is None or dependencies.untracked or status[:3] not in KEPT_STATUSES:
        return None
    answered = {name.lower(): value for name, value in headers}
    if not is_public(answered):
        return None
    others = [(name, value) for name, value in headers if name.lower() not in OF_ONE_ANSWER]
    return KeptFile(file, others, dependencies.versions, dependencies.expires_at, generation)


def is_about_a_file(response: object) -> bool:
    """Say whether a response is about a stored file, even where a proxy sends its bytes."""
    return hasattr(response, ATTRIBUTE)


def is_public(headers: Mapping[str, str]) -> bool:
    """Say whether an answer is the same for everybody, by its headers, whose names are in small letters."""
    control = headers.get("cache-control", "private")
    return "private" not in control and "no-store" not in control and "set-cookie" not in headers


class KeptFiles:
    """The files of one process; the one asked for longest ago goes first."""

    def __init__(self) -> None:
        self._files: OrderedDict[Key, KeptFile] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> KeptFile | None:
        file = self._files.get(key)
        if file is not None:
            with suppress(KeyError):  # another thread has just removed it
                self._files.move_to_end(key)
        return file

    def put(self, key: Key, file: KeptFile) -> None:
        with self._lock:
            self._files[key] = file
            self._files.move_to_end(key)
            if len(self._files) > MAX_FILES:
                self._files.popitem(last=False)
