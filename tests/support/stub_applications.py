"""WSGI applications that stand behind a page cache in its own tests, and say how often they were asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pagecache.dependencies import depends_on

PUBLIC = "public, max-age=0, must-revalidate, s-maxage=60"
TEXT = "<p>Three towns share a nurse.</p>" * 40  # long enough to be compressed


class Whole(list[bytes]):
    """A response as Django makes it."""

    streaming = False
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class Stream:
    streaming = True

    def __iter__(self) -> Iterator[bytes]:
        yield b"one"
        yield b"two"


class StubApplication:
    """Answers every request in the same way; ``during`` is called with the environ while it does."""

    def __init__(
        self,
        body: str = TEXT,
        *,
        status: str = "200 OK",
        headers: Iterable[tuple[str, str]] = (),
        cache_control: str | None = PUBLIC,
        response: Callable[[bytes], Iterable[bytes]] = lambda body: Whole([body]),
        during: Callable[[dict[str, Any]], object] = lambda environ: None,
    ) -> None:
        self.body, self.status, self.during, self.response = body, status, during, response
        given = {"Content-Type": "text/html; charset=utf-8", "Vary": "Cookie", **dict(headers)}
        self.headers = [*given.items(), *([("Cache-Control", cache_control)] if cache_control else [])]
        self.asked: list[dict[str, Any]] = []
        self.responses: list[Iterable[bytes]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ)
        self.during(environ)
        start_response(self.status, list(self.headers))
        self.responses.append(self.response(self.body.encode()))
        return self.responses[-1]

    @property
    def times(self) -> int:
        return len(self.asked)


def showing(*names: str) -> StubApplication:
    """Return an application whose pages show what is called ``names``."""
    return StubApplication(during=lambda environ: depends_on(*names))
