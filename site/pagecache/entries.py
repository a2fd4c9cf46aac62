"""A kept response, and what is answered from it: compressed as the client takes it, 304, or no body."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus

import brotli

Headers = list[tuple[str, str]]

MIN_COMPRESSED_LENGTH = 600  # bytes; below that, the header of the compression outweighs the gain
COMPRESSED_TYPES = ("text/", "application/atom+xml", "application/xml", "application/json", "image/svg+xml")
# For a page of 19 KB, quality 5 takes 0.3 ms; 9 takes 3.4 ms for one percent less, 11 takes 18 ms for twelve.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
IDENTITY, GZIP, BROTLI = "identity", "gzip", "br"
OVERHEAD = 3_000  # bytes that an entry takes besides its bodies, about
# Of all others, every page has the same, in memory once.
UNSHARED_HEADERS = {"Surrogate-Key", "Link", "Location"}


@dataclass(slots=True)
class Answer:
    """What is sent: status line, headers and body, ready."""

    status: str
    headers: Headers
    body: bytes
    etag: str


@dataclass(slots=True)
class Entry:
    """A response for everybody, and the versions of what it shows.

    Only the compressed body is stored; other encodings are made when somebody
    asks for them, and the uncompressed one each time: only programs do.
    """

    status: str
    headers: Headers  # without Content-Length, Content-Encoding, ETag
    body: bytes  # in ``encoding``
    encoding: str
    etag: str  # of the uncompressed bytes, without quotation marks
    versions: dict[int, int]
    expires_at: float
    begins_at: float = 0.0  # when it was rendered: a clock that is set back makes it a page of the future
    generation: int = 0  # in which the versions were last compared
    answers: dict[str, Answer] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return about how many bytes of memory the entry takes."""
        words = sum(len(value) for name, value in self.headers if name in UNSHARED_HEADERS)
        others = sum(len(answer.body) for answer in self.answers.values() if answer.body is not self.body)
        return OVERHEAD + words + len(self.body) + others

    @property
    def is_page(self) -> bool:
        """Say whether something is at this address, which is not moved, missing or gone."""
        return self.status.startswith("200")

    @property
    def is_compressed(self) -> bool:
        return self.encoding != IDENTITY

    def answer(self, encoding: str) -> Answer:
        """Return what to send to a client that takes ``encoding``; kept, but for the uncompressed."""
        if not self.is_compressed:
            encoding = IDENTITY
        found = self.answers.get(encoding)
        if found is None:
            found = self._make_answer(encoding)
            if encoding != IDENTITY or not self.is_compressed:
                self.answers[encoding] = found
        return found

    def _make_answer(self, encoding: str) -> Answer:
        body = self.body if encoding == self.encoding else self._encoded(encoding)
        etag = f'"{self.etag}"' if encoding == IDENTITY else f'"{self.etag}-{encoding}"'
        headers = [*self.headers, ("ETag", etag), ("Content-Length", str(len(body)))]
        if encoding != IDENTITY:
            headers.append(("Content-Encoding", encoding))
        return Answer(self.status, headers, body, etag)

    def _encoded(self, encoding: str) -> bytes:
        plain = brotli.decompress(self.body) if self.encoding == BROTLI else self.body
        return gzip.compress(plain, GZIP_LEVEL, mtime=0) if encoding == GZIP else plain


def compressed(body: bytes, content_type: str) -> tuple[bytes, str]:
    """Return the body as it is stored, and its encoding; the same bytes for the same body."""
    if len(body) <= MIN_COMPRESSED_LENGTH or not content_type.startswith(COMPRESSED_TYPES):
        return body, IDENTITY
    return brotli.compress(body, quality=BROTLI_QUALITY), BROTLI


@lru_cache(maxsize=1_000)
def accepted_encoding(header: str) -> str:
    """Return the best encoding that ``Accept-Encoding`` allows."""
    offers = dict(_offers(header[:1_000]))
    anything = offers.get("*", 0.0)
    best = max((offers.get(name, anything), place, name) for place, name in enumerate((GZIP, BROTLI)))
    return best[2] if best[0] > 0 else IDENTITY


def _offers(header: str) -> Iterable[tuple[str, float]]:
    for part in header.split(","):
        name, _, parameter = part.strip().partition(";")
        quality = parameter.strip().removeprefix("q=").strip()
        try:
            yield name.strip().lower(), float(quality) if quality else 1.0
        except ValueError:
            yield name.strip().lower(), 0.0


def is_not_modified(answer: Answer, environ: Mapping[str, str]) -> bool:
    """Say whether the client has these bytes, by If-None-Match or, without one, If-Modified-Since.

    Only of a page: what is missing or moved is said again (RFC 9110, 13.2.1).
    """
    if not answer.status.startswith("200"):
        return False
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        if len(tags) > 4_000:
            return False
        return tags.strip() == "*" or answer.etag in {
            tag.strip().removeprefix("W/") for tag in tags.split(",")
        }
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None:
        return False
    from django.utils.http import parse_http_date_safe

    modified = next((value for name, value in answer.headers if name.lower() == "last-modified"), "")
    known, changed = parse_http_date_safe(since), parse_http_date_safe(modified)
    return known is not None and changed is not None and changed <= known


# What a 304 repeats (RFC 9110, 15.4.5); a cache keeps the other headers of what it has.
NOT_MODIFIED_HEADERS = {
    "cache-control",
    "content-location",
    "date",
    "etag",
    "expires",
    "vary",
    "last-modified",
}
NOT_MODIFIED = f"{HTTPStatus.NOT_MODIFIED.value} {HTTPStatus.NOT_MODIFIED.phrase}"


def not_modified_headers(answer: Answer) -> Headers:
    return [(name, value) for name, value in answer.headers if name.lower() in NOT_MODIFIED_HEADERS]


def respond(
    answer: Answer, environ: Mapping[str, str], start_response: Callable[..., object]
) -> Iterable[bytes]:
    """Send an answer: whole, without a body to HEAD, or as 304 to who has it."""
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
