"""The Range header (RFC 9110, section 14)."""

from __future__ import annotations

from dataclasses import dataclass

MAX_LENGTH = 100  # characters of a header that asks for one range; a longer one is ignored
MAX_DIGITS = 19


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
    unit, _, positions = header[: MAX_LENGTH + 1].partition("=")
    first, dash, last = (part.strip() for part in positions.partition("-"))
    if len(header) > MAX_LENGTH or unit.strip().lower() != "bytes" or not dash or not (first or last):
        return None
    if not all(_is_number(part) for part in (first, last) if part):
        return None
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


def _is_number(text: str) -> bool:
    return len(text) <= MAX_DIGITS and text.isascii() and text.isdecimal()
