"""The accessibility review in the admin: the report, the checklist, the outcome."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from papers.accessibility.outcomes import Outcome
from papers.intake.tasks import read_file
from papers.models import AccessibilityReport, AccessibilityReview, Edition
from papers.pdf.accessibility.check import IssueCode
from tests.support.factories import make_user
from tests.support.paper_files import logged_actions, make_document, make_edition, pdf_bytes
from tests.support.reviews import address, decide, in_days, make_report, make_review

pytestmark = pytest.mark.django_db


def test_the_review_shows_what_was_found_and_how_to_fix_it(client, editor):
    edition = make_edition()
    make_report(edition, IssueCode.NOT_TAGGED, IssueCode.FIGURE_WITHOUT_ALTERNATIVE)

    page = client.get(address(edition)).content.decode()

    assert "The file is not tagged." in page
    assert "page 2" in page
    assert all(program in page for program in ("<dt>Word</dt>", "<dt>LibreOffice</dt>", "<dt>Acrobat</dt>"))
    assert "The checklist is not complete." in page


def test_the_review_never_promises_more_than_a_machine_can_know(client, editor):
    edition = make_edition()
    make_report(edition)
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
    make_report(edition)

    response = decide(client, edition, "ready")

    outcome = AccessibilityReview.objects.get()
    assert response.status_code == HTTPStatus.FOUND
    assert (outcome.decided_by, outcome.decided_by_name) == (editor, "Ed Itor")
    assert outcome.sha256 == edition.record.sha256
    assert logged_actions(edition.paper) == [("decide", edition.number)]
    assert (
        "Reviewed the accessibility of"
        in client.get(reverse("wagtailadmin_pages:history", args=[edition.paper_id])).content.decode()
    )


def test_readers_are_told_of_known_problems_and_their_date(client, editor):
    edition = make_edition()
    make_report(edition, IssueCode.TABLE_WITHOUT_HEADERS)

    decide(client, edition, "known-problems", fix_by=in_days(30).isoformat(), reason="Table 2 is a picture.")

    page = client.get(edition.paper.url).content.decode()
    assert "It has known problems, which will be fixed by" in page
    assert "Table 2 is a picture." in page


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
    make_report(edition)
    make_review(edition, Outcome.ARCHIVED)

    form = client.get(reverse("wagtailadmin_pages:edit", args=[edition.paper_id])).content.decode()
    paper = type(edition.paper).objects.get()
    paper.add_edition_file(make_document(), user=editor)

    assert "legal exception no longer applies" in form
    assert logged_actions(paper)[-2:] == [("create", 2), ("replace", 2)]
    assert PageLogEntry.objects.filter(action="papers.gate.replace", user=editor).exists()
    assert paper.archive_exception_lost


def test_only_who_may_publish_decides_about_what_is_published(client):
    client.force_login(make_user())
    edition = make_edition()

    response = client.get(address(edition))

    assert response.status_code == HTTPStatus.FOUND
    assert decide(client, edition, "archived").status_code == HTTPStatus.FOUND
    assert not AccessibilityReview.objects.exists()


def test_a_file_can_be_checked_again(client, editor, run_on_commit):
    document = make_document(pdf_bytes())
    read_file.enqueue(document.pk)
    edition = make_edition(document=document)
    AccessibilityReport.objects.update(counts={}, issues=[])

    client.post(address(edition, "recheck"))

    assert IssueCode.NOT_TAGGED in AccessibilityReport.objects.get().counts
