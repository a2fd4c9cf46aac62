"""All files and what is open about them, as a page and as a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from papers.accessibility.outcomes import Outcome
from papers.pdf.accessibility.check import IssueCode
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition
from tests.support.reviews import in_days, make_report, make_review

pytestmark = pytest.mark.django_db


def test_the_report_lists_all_files_and_can_be_exported(client, editor):
    paper = make_paper(title='=HYPERLINK("https://evil.example","x")')
    edition = make_edition(paper)
    make_report(edition, IssueCode.NO_TITLE)
    make_review(edition, Outcome.KNOWN_PROBLEMS, fix_by=in_days(9), reason="+1 more")
    other = make_edition()
    listing = reverse("papers_admin:review_report")

    page = client.get(listing).content.decode()
    exported = b"".join(client.get(f"{listing}?export=csv").streaming_content).decode()

    rows = list(csv.DictReader(io.StringIO(exported)))
    assert "known problems" in page
    assert str(other.paper) in page
    assert [row["White paper"] for row in rows] == ["'" + paper.title, other.paper.title]
    assert rows[0]["Reason"] == "'+1 more"
    assert (rows[0]["Issues found automatically"], rows[1]["Issues found automatically"]) == ("1", "")
    assert rows[1]["Outcome"] == "no outcome yet"


@pytest.mark.parametrize(
    ("outcome", "number"), [("known-problems", 1), ("undecided", 1), ("ready", 0), ("odd", 2)]
)
def test_the_report_is_filtered_by_outcome(client, editor, outcome, number):
    make_review(make_edition(), Outcome.KNOWN_PROBLEMS, fix_by=in_days(9), reason="Table 2")
    make_edition()

    response = client.get(f"{reverse('papers_admin:review_report')}?export=csv&outcome={outcome}")

    assert len(b"".join(response.streaming_content).splitlines()) - 1 == number
