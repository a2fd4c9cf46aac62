"""docs/performance.md has a row for everything that `make bench` measures, with the goal of each."""

from __future__ import annotations

import re

from bench import goals
from tests.support.paths import ROOT


def test_the_table_has_the_rows_of_the_bench():
    text = (ROOT / "docs" / "performance.md").read_text("utf-8")
    section = text.partition("## Goals")[2].partition("\n## ")[0]

    rows = re.findall(r"^\| ([^|]+?) \|", section, re.MULTILINE)

    assert [row for row in rows if row != "What" and not row.startswith("--")] == goals.names()
