"""Every kind of issue can be fixed in every program."""

from __future__ import annotations

from papers.accessibility.issues import DESCRIPTIONS
from papers.accessibility.remedies import REMEDIES
from papers.pdf.accessibility.check import IssueCode


def test_every_kind_of_issue_has_a_description_and_remedies():
    assert set(DESCRIPTIONS) == set(REMEDIES) == set(IssueCode)
