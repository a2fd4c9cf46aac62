"""What docs/operating.md says of rates is what the code does."""

from __future__ import annotations

import re

from public_forms.rate_limits import ACCOUNT_RATES, DEFAULT_RATES
from tests.support.paths import ROOT

NAME, RATE = r"[a-z_-]+", r"\d+/[^`]+"


def documented_rates():
    section = (
        (ROOT / "docs" / "operating.md").read_text().partition("### Rate limits")[2].partition("\n###")[0]
    )
    for row in re.findall(r"^\| `.*", section, re.MULTILINE):
        names, rates = row.split("|")[1:3]
        yield from zip(re.findall(rf"`({NAME})`", names), re.findall(rf"`({RATE})`", rates), strict=True)


def test_every_rate_is_documented_as_it_is():
    assert dict(documented_rates()) == {**DEFAULT_RATES, **ACCOUNT_RATES}
