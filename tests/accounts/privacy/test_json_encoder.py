"""JSON of what the site holds about a person."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from accounts.privacy.json_encoder import LocalTimeEncoder


def encoded(value: object) -> object:
    return json.loads(json.dumps(value, cls=LocalTimeEncoder))


def test_a_moment_is_written_in_the_sites_time_zone_to_the_second():
    assert encoded(datetime(2026, 1, 1, 3, 0, 0, 250, tzinfo=UTC)) == "2025-12-31T22:00:00-05:00"
    assert encoded(datetime(2026, 7, 1, 3, 0, tzinfo=UTC)) == "2026-06-30T23:00:00-04:00"


def test_what_has_no_time_zone_stays_as_it_is():
    assert encoded(date(2026, 1, 1)) == "2026-01-01"
    assert encoded(datetime(2026, 1, 1, 3, 0)) == "2026-01-01T03:00:00"
