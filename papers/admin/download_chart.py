"""Downloads by month as bars, and as rows for a table or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

HEIGHT, BAR, GAP, MARGIN = 120, 22, 10, 24  # units of the drawing
MONTHS = 12


@dataclass(frozen=True)
class Bar:
    """A month: where its bar stands, and what it says."""

    month: date
    number: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + BAR // 2


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]

    @property
    def width(self) -> int:
        return GAP + len(self.bars) * (BAR + GAP)

    @property
    def height(self) -> int:
        return HEIGHT + 2 * MARGIN

    @property
    def floor(self) -> int:
        return HEIGHT + MARGIN

    @property
    def bar_width(self) -> int:
        return BAR


def months_until(last: date, *, number: int = MONTHS) -> list[date]:
    """Return the first days of ``number`` months, the last of them that of ``last``."""
    end = last.year * 12 + last.month - 1
    return [date(count // 12, count % 12 + 1, 1) for count in range(end - number + 1, end + 1)]


def make_chart(counts: Iterable[tuple[date, int]], *, until: date) -> Chart:
    """Return a chart of the twelve months up to ``until``; the tallest bar fills the height."""
    totals = dict.fromkeys(months_until(until), 0)
    for month, number in counts:
        if month in totals:
            totals[month] += number
    most = max(totals.values()) or 1
    bars = []
    for place, (month, number) in enumerate(totals.items()):
        height = round(number / most * HEIGHT)
        bars.append(Bar(month, number, GAP + place * (BAR + GAP), MARGIN + HEIGHT - height, height))
    return Chart(bars)
