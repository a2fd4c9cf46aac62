"""What an outcome of the review must hold."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from papers.models import AccessibilityReview
from papers.pdf.accessibility.check import IssueCode
from tests.support.paper_files import make_edition
from tests.support.reviews import decide, make_report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("outcome", "fields", "sentence"),
    [
        ("ready", {"contrast": ""}, "all four questions"),
        ("known-problems", {"reason": "Table 2"}, "Enter the date by which"),
        ("known-problems", {"fix_by": "2020-01-01", "reason": "Table 2"}, "has passed"),
        ("known-problems", {"fix_by": "2999-01-01"}, "Enter a reason"),
        ("compliant", {}, "Select a valid choice"),
    ],
)
def test_an_outcome_that_contradicts_itself_is_refused(client, editor, outcome, fields, sentence):
    edition = make_edition()
    make_report(edition)

    response = decide(client, edition, outcome, **fields)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.content.decode()
    assert not AccessibilityReview.objects.exists()


def test_a_file_with_findings_is_ready_only_for_a_reason(client, editor):
    edition = make_edition()
    make_report(edition, IssueCode.TAB_ORDER)

    without_reason, with_reason = (
        decide(client, edition, "ready"),
        decide(client, edition, "ready", reason="One link."),
    )

    assert without_reason.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert with_reason.status_code == HTTPStatus.FOUND
