"""The accessibility review: the automatic report, the checklist, and who is told."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from papers.accessibility.outcomes import Outcome
from papers.intake.forms import create_document
from papers.intake.tasks import read_file, requeue_stuck
from papers.models import AccessibilityReport, AccessibilityReview, Edition, FileRecord
from papers.pdf.accessibility.check import CheckResult, IssueCode
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import make_document, make_edition, make_editor, pdf_bytes, told, upload

pytestmark = pytest.mark.django_db

GOOD = dict.fromkeys(AccessibilityReview.CHECKLIST, "good")


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def address(edition, name="review"):
    return reverse(f"papers_admin:{name}", args=[edition.paper_id, edition.number])


def decide(client, edition, outcome, **fields):
    return client.post(address(edition), {**GOOD, "outcome": outcome, **fields})


def report_on(edition, *codes):
    report = CheckResult()
    for code in codes:
        report.add(code, page=2)
    return AccessibilityReport.objects.store(edition.record, report)


def decided(edition, outcome, **fields):
    review = AccessibilityReview(edition=edition, outcome=outcome, **GOOD, **fields)
    review.record_decision(user=make_user())
    return review


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_a_file_is_checked_once_it_is_read(kept):
    with kept():
        document = create_document(upload(pdf_bytes(pages=2)), title="Buses")

    report = AccessibilityReport.objects.get(record__document=document)
    assert IssueCode.NOT_TAGGED in report.counts
    assert IssueCode.UNCHECKED not in report.counts


def test_a_file_that_was_read_before_there_was_a_check_is_checked_later(kept):
    with kept():
        document = create_document(upload(pdf_bytes()), title="Buses")
    AccessibilityReport.objects.all().delete()
    FileRecord.objects.update(queued_at=timezone.now() - timedelta(hours=1))

    with kept():
        assert requeue_stuck() == 1

    assert AccessibilityReport.objects.filter(record__document=document).exists()
    assert requeue_stuck() == 0


def test_the_review_shows_what_was_found_and_how_to_fix_it(client, editor):
    edition = make_edition()
    report_on(edition, IssueCode.NOT_TAGGED, IssueCode.FIGURE_WITHOUT_ALTERNATIVE)

    page = client.get(address(edition)).content.decode()

    assert "The file is not tagged." in page
    assert "page 2" in page
    assert all(program in page for program in ("<dt>Word</dt>", "<dt>LibreOffice</dt>", "<dt>Acrobat</dt>"))
    assert "The checklist is not complete." in page


def test_the_review_never_promises_more_than_a_machine_can_know(client, editor):
    edition = make_edition()
    report_on(edition)
    decide(client, edition, "ready")

    admin_page = client.get(address(edition)).content.decode()
    landing = client.get(edition.paper.url).content.decode()

    assert "No issues found automatically." in admin_page
    assert "Accessibility check: no issues found automatically. A person reviewed the file on" in landing
    note = landing[landing.index("file-note") :]
    assert "compliant" not in landing.lower()
    assert "is accessible" not in note.lower()


def test_an_outcome_keeps_name_date_and_the_bytes_it_is_about(client, editor):
    edition = make_edition()
    report_on(edition)

    answer = decide(client, edition, "ready")

    outcome = AccessibilityReview.objects.get()
    assert answer.status_code == HTTPStatus.FOUND
    assert (outcome.decided_by, outcome.decided_by_name) == (editor, "Ed Itor")
    assert outcome.sha256 == edition.record.sha256
    assert told(edition.paper) == [("decide", edition.number)]
    assert (
        "Reviewed the accessibility of"
        in client.get(reverse("wagtailadmin_pages:history", args=[edition.paper_id])).content.decode()
    )


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
    report_on(edition)

    answer = decide(client, edition, outcome, **fields)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.content.decode()
    assert not AccessibilityReview.objects.exists()


def test_a_file_with_findings_is_ready_only_for_a_reason(client, editor):
    edition = make_edition()
    report_on(edition, IssueCode.TAB_ORDER)

    without, given = decide(client, edition, "ready"), decide(client, edition, "ready", reason="One link.")

    assert without.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert given.status_code == HTTPStatus.FOUND


def test_readers_are_told_of_known_problems_and_their_date(client, editor):
    edition = make_edition()
    report_on(edition, IssueCode.TABLE_WITHOUT_HEADERS)

    decide(client, edition, "known-problems", fix_by=in_days(30).isoformat(), reason="Table 2 is a picture.")

    page = client.get(edition.paper.url).content.decode()
    assert "It has known problems, which will be fixed by" in page
    assert "Table 2 is a picture." in page


def test_another_file_needs_a_new_review():
    edition = make_edition(state=Edition.State.DRAFT)
    report_on(edition)
    decided(edition, Outcome.READY)

    edition.paper.add_edition_file(make_document())

    again = Edition.objects.newest_first().get()
    assert edition.current_review is not None
    assert again.current_review is None
    assert "The file has changed since the last review." in again.open_tasks


def test_a_date_that_has_passed_is_open_again():
    edition = make_edition()
    report_on(edition)

    decided(edition, Outcome.KNOWN_PROBLEMS, fix_by=in_days(-1), reason="Table 2")

    assert edition.open_tasks == ["The date by which its problems were to be fixed has passed."]


def test_an_edition_without_an_outcome_may_be_published_but_says_what_is_open(client, editor):
    edition = make_edition(state=Edition.State.DRAFT)

    client.post(reverse("papers_admin:publish", args=[edition.paper_id, edition.number]))

    edition.refresh_from_db()
    form = client.get(reverse("wagtailadmin_pages:edit", args=[edition.paper_id])).content.decode()
    assert edition.is_published
    assert "No outcome has been chosen." in form
    assert address(edition) in form


def test_replacing_an_archived_file_warns_that_the_exception_is_lost(client, editor):
    edition = make_edition()
    report_on(edition)
    decided(edition, Outcome.ARCHIVED)

    form = client.get(reverse("wagtailadmin_pages:edit", args=[edition.paper_id])).content.decode()
    paper = type(edition.paper).objects.get()
    paper.add_edition_file(make_document(), user=editor)

    assert "legal exception no longer applies" in form
    assert told(paper)[-2:] == [("create", 2), ("replace", 2)]
    assert PageLogEntry.objects.filter(action="papers.gate.replace", user=editor).exists()
    assert paper.archive_exception_lost


def test_only_who_may_publish_decides_about_what_is_published(client):
    client.force_login(make_user())
    edition = make_edition()

    answer = client.get(address(edition))

    assert answer.status_code == HTTPStatus.FOUND
    assert decide(client, edition, "archived").status_code == HTTPStatus.FOUND
    assert not AccessibilityReview.objects.exists()


def test_a_file_can_be_checked_again(client, editor, kept):
    document = make_document(pdf_bytes())
    read_file.enqueue(document.pk)
    edition = make_edition(document=document)
    AccessibilityReport.objects.update(counts={}, issues=[])

    client.post(address(edition, "recheck"))

    assert IssueCode.NOT_TAGGED in AccessibilityReport.objects.get().counts


def test_the_report_lists_all_files_and_can_be_taken_along(client, editor):
    paper = make_paper(title='=HYPERLINK("https://evil.example","x")')
    edition = make_edition(paper)
    report_on(edition, IssueCode.NO_TITLE)
    decided(edition, Outcome.KNOWN_PROBLEMS, fix_by=in_days(9), reason="+1 more")
    other = make_edition()
    listing = reverse("papers_admin:review_report")

    page = client.get(listing).content.decode()
    taken = b"".join(client.get(f"{listing}?export=csv").streaming_content).decode()

    rows = list(csv.DictReader(io.StringIO(taken)))
    assert "known problems" in page
    assert str(other.paper) in page
    assert [row["Paper"] for row in rows] == ["'" + paper.title, other.paper.title]
    assert rows[0]["Reason"] == "'+1 more"
    assert (rows[0]["Issues found automatically"], rows[1]["Issues found automatically"]) == ("1", "")
    assert rows[1]["Outcome"] == "no outcome yet"


@pytest.mark.parametrize(
    ("asked", "number"), [("known-problems", 1), ("undecided", 1), ("ready", 0), ("odd", 2)]
)
def test_the_report_is_filtered_by_outcome(client, editor, asked, number):
    decided(make_edition(), Outcome.KNOWN_PROBLEMS, fix_by=in_days(9), reason="Table 2")
    make_edition()

    taken = client.get(f"{reverse('papers_admin:review_report')}?export=csv&outcome={asked}")

    assert len(b"".join(taken.streaming_content).splitlines()) - 1 == number


def test_doubles_are_pointed_out(client, editor):
    content = pdf_bytes()
    make_paper(title="Sharing the Bus: A Report")
    make_document(content, title="The bus paper")
    edition = make_edition(make_paper(title="Sharing the bus, a report"), content=content)

    form = client.get(reverse("wagtailadmin_pages:edit", args=[edition.paper_id])).content.decode()

    assert "The same file has already been uploaded, as “The bus paper”." in form
    assert "nearly the same title: “Sharing the Bus: A Report”" in form


def test_what_the_file_says_is_suggested_for_the_papers_own_fields(client, editor):
    edition = make_edition()
    report = report_on(edition)
    report.document_info = {"title": "Sharing <the> bus", "date": "2009-03-24", "author": "Ada Plover"}
    report.save()

    form = client.get(reverse("wagtailadmin_pages:edit", args=[edition.paper_id])).content.decode()

    assert 'data-suggestion-for="id_title" data-suggestion="Sharing &lt;the&gt; bus"' in form
    assert 'data-suggestion-for="id_publication_date" data-suggestion="2009-03-24"' in form
    assert "Ada Plover" in form
