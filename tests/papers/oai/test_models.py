"""The records that harvesters know."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from papers.models import OAIRecord

pytestmark = pytest.mark.django_db


def test_records_come_by_datestamp_and_those_of_one_moment_by_number():
    for number, day in ((3, 1), (1, 2), (2, 1)):
        OAIRecord.objects.create(
            paper_number=number, version="1", datestamp=datetime(2026, 11, day, tzinfo=UTC)
        )

    assert [record.paper_number for record in OAIRecord.objects.in_order()] == [2, 3, 1]


def test_a_record_names_paper_and_day_and_says_whether_it_is_deleted():
    record = OAIRecord(paper_number=7, datestamp=datetime(2026, 11, 28, tzinfo=UTC))
    assert str(record) == "7: 2026-11-28"

    record.is_deleted = True

    assert str(record) == "7: 2026-11-28 (deleted)"
