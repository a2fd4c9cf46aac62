"""Downloads by month as bars."""

from __future__ import annotations

from datetime import date

import pytest

from papers.admin.download_chart import make_chart, months_until

pytestmark = pytest.mark.django_db


def test_a_chart_covers_twelve_months_across_new_year():
    months = months_until(date(2030, 3, 15))
    chart = make_chart(
        [(date(2030, 3, 1), 10), (date(2029, 12, 1), 5), (date(2020, 1, 1), 99)], until=date(2030, 3, 15)
    )

    assert (months[0], months[-1], len(months)) == (date(2029, 4, 1), date(2030, 3, 1), 12)
    assert [bar.number for bar in chart.bars][-4:] == [5, 0, 0, 10]
    assert chart.bars[-1].height == 2 * chart.bars[-4].height
    assert chart.bars[-1].y + chart.bars[-1].height == chart.floor
