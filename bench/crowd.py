"""Load from a process of its own, at little cost: prepared requests over plain sockets.

What it takes of the processor it takes from the server beside it, so it does as
little as it can: nothing of an answer is looked at but its status and length.
"""

from __future__ import annotations

import multiprocessing
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

HEAD_END = b"\r\n\r\n"
FORM = "Content-Type: application/x-www-form-urlencoded"
_processes = multiprocessing.get_context("spawn")


class Load(NamedTuple):
    """What a crowd has got: answers in so many seconds, median and 95th percentile in ms, and failures."""

    answers: int
    seconds: float
    p50: float
    p95: float
    failed: int

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds


class Connection:
    """A connection that is kept open; opened again where the server has closed it."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        self.address = (parts.hostname or "", parts.port or 80)
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection(self.address, timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> int:
        """Send ``request``, read the whole answer, return its status; 0 where there was none."""
        try:
            self.socket.sendall(request)
            answer = b""
            while HEAD_END not in answer:
                answer += self._receive()
            head, _, body = answer.partition(HEAD_END)
            missing = _length(head) - len(body)
            while missing > 0:
                missing -= len(self._receive())
        except (OSError, ValueError):
            self.socket.close()
            self.open()
            return 0
        return int(head.split(b" ", 2)[1])

    def _receive(self) -> bytes:
        received = self.socket.recv(262_144)
        if not received:
            raise ConnectionError
        return received


def _length(head: bytes) -> int:
    """Raises ValueError for an answer whose length isn't told."""
    _, found, rest = head.lower().partition(b"\r\ncontent-length:")
    if not found:
        raise ValueError
    return int(rest.split(b"\r\n", 1)[0])


def get(base: str, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {urlsplit(base).netloc}\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def post(base: str, path: str, fields: dict[str, str], *, cookie: str) -> bytes:
    body = urlencode(fields)
    lines = [
        f"POST {path} HTTP/1.1", f"Host: {urlsplit(base).netloc}", FORM,
        f"Content-Length: {len(body)}", f"Cookie: {cookie}", "", body,
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def run(base: str, connections: list[list[bytes]], *, expected_status: int) -> Load:
    """Send each list over its own connection, one request after the other, from a process of its own."""
    with _processes.Pool(1) as pool:
        return pool.apply(_run, (base, connections, expected_status))


def _run(base: str, connections: list[list[bytes]], expected_status: int) -> Load:
    took: list[float] = []
    failed: list[int] = []

    def work(requests: list[bytes]) -> None:
        connection = Connection(base)
        for request in requests:
            start = time.perf_counter()
            status = connection.ask(request)
            took.append(time.perf_counter() - start)
            if status != expected_status:
                failed.append(status)

    start = time.perf_counter()
    _in_threads(work, connections)
    return _load(took, time.perf_counter() - start, len(failed))


@contextmanager
def readers(base: str, path: str, *, per_second: int) -> Iterator[list[Load]]:
    """Read ``path`` so often while the block lasts; what they got is in the list after it.

    A reader who waits longer than their turn takes the next one at once, so a slow
    server is asked less often than ``per_second``.
    """
    loads: list[Load] = []
    if not per_second:
        yield loads
        return
    ended, (receiver, sender) = _processes.Event(), _processes.Pipe(duplex=False)
    process = _processes.Process(target=_read, args=(base, path, per_second, ended, sender))
    process.start()
    receiver.recv()  # they have begun
    try:
        yield loads
    finally:
        ended.set()
        loads.append(receiver.recv())
        process.join()


def _read(base: str, path: str, per_second: int, ended: Any, sender: Any, connections: int = 8) -> None:
    took: list[float] = []
    failed: list[int] = []
    request, start = get(base, path), time.perf_counter()

    def work(number: int) -> None:
        connection = Connection(base)
        due = start + number / per_second
        while not ended.wait(max(0, due - time.perf_counter())):
            asked = time.perf_counter()
            status = connection.ask(request)
            took.append(time.perf_counter() - asked)
            if status != 200:
                failed.append(status)
            due = max(due + connections / per_second, time.perf_counter() - 1)

    sender.send(None)
    _in_threads(work, list(range(connections)))
    sender.send(_load(took, time.perf_counter() - start, len(failed)))


def _in_threads(work: Any, items: list[Any]) -> None:
    threads = [threading.Thread(target=work, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _load(took: list[float], seconds: float, failed: int) -> Load:
    took = sorted(took) or [0.0]
    half, most = (took[int(len(took) * part)] * 1000 for part in (0.5, 0.95))
    return Load(len(took), seconds, half, most, failed)
