"""Which part of a file a reader asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,19})\s*-\s*(\d{0,19})\s*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Some bytes of a file; ``first`` counts from 0."""

    first: int
    length: int

    @property
    def last(self) -> int:
        return self.first + self.length - 1


class Unsatisfiable(Exception):
    """What was asked for lies beyond the file's end."""


def span(asked: str, *, size: int) -> Span | None:
    """Return the bytes that the header ``Range: asked`` means of a file of ``size`` bytes.

    None where the whole file is the right answer: no range was asked for, it
    makes no sense, or there are several. Raises Unsatisfiable.
    """
    found = ONE_RANGE.fullmatch(asked)
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        if length == 0:
            raise Unsatisfiable
        return Span(size - length, length)
    start, end = int(first), min(int(last or size), size - 1)
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Span(start, end - start + 1)
