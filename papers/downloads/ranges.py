"""The Range header (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

SINGLE_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,19})\s*-\s*(\d{0,19})\s*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Some bytes of a file; ``first`` counts from 0."""

    first: int
    length: int

    @property
    def last(self) -> int:
        return self.first + self.length - 1


class RangeNotSatisfiableError(Exception):
    """The range lies beyond the file's end."""


def parse_range(header: str, *, size: int) -> ByteRange | None:
    """Return the bytes of a file of ``size`` bytes that a Range header asks for.

    None where the whole file is the right response: the header is empty or
    invalid, or asks for several ranges. Raises RangeNotSatisfiableError.
    """
    match = SINGLE_RANGE.fullmatch(header)
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        if length == 0:
            raise RangeNotSatisfiableError
        return ByteRange(size - length, length)
    start, end = int(first), min(int(last or size), size - 1)
    if last and int(last) < start:
        return None
    if start >= size:
        raise RangeNotSatisfiableError
    return ByteRange(start, end - start + 1)
