"""What an edition knows of its accessibility: report, review and what is still open."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from papers.accessibility.outcomes import Outcome
from papers.models import AccessibilityReport, AccessibilityReview, Edition
from papers.pdf.accessibility.check import CheckResult, IssueCode
from tests.support.paper_files import make_document, make_edition
from tests.support.reviews import GOOD, in_days, make_report, make_review

pytestmark = pytest.mark.django_db


def test_a_new_report_takes_the_place_of_the_earlier_one():
    edition = make_edition()
    make_report(edition, IssueCode.NOT_TAGGED, IssueCode.TAB_ORDER)

    make_report(edition, IssueCode.NO_TITLE)

    report = AccessibilityReport.objects.get()
    assert report.counts == {IssueCode.NO_TITLE: 1}
    assert report.total == 1
    assert [group.code for group in report.issue_groups] == [IssueCode.NO_TITLE]


def test_the_report_of_a_file_deleted_meanwhile_is_not_saved():
    edition = make_edition()
    record = edition.record
    type(record).objects.filter(pk=record.pk).delete()

    assert AccessibilityReport.objects.store(record, CheckResult()) is None
    assert not AccessibilityReport.objects.exists()


def test_known_problems_need_a_date_and_a_reason():
    edition = make_edition()

    for fields in ({"reason": "Table 2"}, {"fix_by": in_days(3)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_review(edition, Outcome.KNOWN_PROBLEMS, **fields)

    assert not AccessibilityReview.objects.exists()


def test_a_checklist_is_complete_once_every_question_has_an_answer():
    assert AccessibilityReview(**GOOD).is_complete
    assert AccessibilityReview(**{**GOOD, "contrast": "bad"}).is_complete
    assert not AccessibilityReview(**{**GOOD, "contrast": ""}).is_complete


def test_an_edition_without_report_and_review_has_everything_to_do():
    assert make_edition().open_tasks == [
        "The file has not been checked yet.",
        "The checklist is not complete.",
        "No outcome has been chosen.",
    ]


def test_a_checked_and_reviewed_file_leaves_nothing_to_do():
    edition = make_edition()
    make_report(edition)
    make_review(edition, Outcome.READY)

    assert edition.open_tasks == []
    assert edition.has_download


def test_an_edition_to_be_read_online_only_has_no_download():
    edition = make_edition()
    make_review(edition, Outcome.HTML_ONLY)

    assert not edition.has_download


def test_another_file_needs_a_new_review():
    edition = make_edition(state=Edition.State.DRAFT)
    make_report(edition)
    make_review(edition, Outcome.READY)

    edition.paper.add_edition_file(make_document())

    new_edition = Edition.objects.newest_first().get()
    assert edition.current_review is not None
    assert new_edition.current_review is None
    assert "The file has changed since the last review." in new_edition.open_tasks


def test_a_date_that_has_passed_is_open_again():
    edition = make_edition()
    make_report(edition)

    make_review(edition, Outcome.KNOWN_PROBLEMS, fix_by=in_days(-1), reason="Table 2")

    assert edition.open_tasks == ["The date by which its problems were to be fixed has passed."]
