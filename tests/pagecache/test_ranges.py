"""Which part of a file is asked for."""

from __future__ import annotations

import pytest

from pagecache.ranges import ByteRange, RangeNotSatisfiableError, parse_range


@pytest.mark.parametrize(
    ("range_header", "part"),
    [
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=0-99", ByteRange(0, 100)),
        ("bytes=10-19", ByteRange(10, 10)),
        ("bytes=90-", ByteRange(90, 10)),
        ("bytes=90-5000", ByteRange(90, 10)),
        ("bytes=-1", ByteRange(99, 1)),
        ("bytes=-5000", ByteRange(0, 100)),
        ("BYTES = 1 - 2", ByteRange(1, 2)),
    ],
)
def test_one_range_is_a_part_of_the_file(range_header, part):
    assert parse_range(range_header, size=100) == part


@pytest.mark.parametrize(
    "range_header",
    [
        "",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-2",
        "bytes=0-1,5-6",
        "items=0-1",
        "bytes=0-1-2",
        "bytes=+1-2",
        "bytes=٣-٤",
    ],
)
def test_what_makes_no_sense_or_is_several_gets_the_whole_file(range_header):
    assert parse_range(range_header, size=100) is None


@pytest.mark.parametrize(
    ("range_header", "size"),
    [("bytes=100-", 100), ("bytes=5000-6000", 100), ("bytes=-0", 100), ("bytes=0-", 0)],
)
def test_what_lies_beyond_the_end_cannot_be_satisfied(range_header, size):
    with pytest.raises(RangeNotSatisfiableError):
        parse_range(range_header, size=size)


def test_a_number_of_a_thousand_digits_is_passed_over_at_once():
    assert parse_range(f"bytes={'9' * 1000}-", size=100) is None
