"""What is answered about a file: whether a condition about it holds."""

from __future__ import annotations

import pytest
from django.utils.http import http_date

from pagecache.file_responses import if_range_matches

LAST_MODIFIED = "Fri, 15 Mar 2030 12:30:15 GMT"


@pytest.mark.parametrize(
    ("condition", "matches"),
    [
        ('"tag"', True),
        ('"sag"', False),
        ('"uag"', False),
        ('W/"tag"', False),
        (LAST_MODIFIED, True),
        ("Friday, 15-Mar-30 12:30:15 GMT", True),
        ("Fri, 15 Mar 2030 12:30:14 GMT", False),
        ("Fri, 15 Mar 2030 12:30:16 GMT", False),
        ("yesterday", False),
    ],
)
def test_a_part_fits_only_what_has_the_same_tag_or_the_same_date(condition, matches):
    assert if_range_matches(condition, {"ETag": '"tag"', "Last-Modified": LAST_MODIFIED}) is matches


def test_a_date_matches_no_file_without_one():
    assert not if_range_matches(http_date(0), {"ETag": '"tag"'})
