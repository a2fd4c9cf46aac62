"""What a file says of itself is offered for the fields of its paper."""

from __future__ import annotations

import pytest
from django.urls import reverse

from papers.models import AccessibilityReport, FileRecord
from tests.support.factories import make_user
from tests.support.paper_files import make_edition, make_editor
from tests.support.reviews import make_report

pytestmark = pytest.mark.django_db


def test_a_file_chosen_for_a_new_paper_says_what_its_fields_might_hold(client):
    client.force_login(make_editor())
    document = make_edition().document
    says = reverse("papers_admin:file_details", args=[document.pk])
    assert "Its pages are being read." in client.get(says).content.decode()

    FileRecord.objects.update(state=FileRecord.State.READ, language="es")
    AccessibilityReport.objects.create(
        record=FileRecord.objects.get(),
        document_info={"title": "El autobús", "date": "2009-03-25T03:30:00+00:00"},  # here still the 24th
    )

    page = client.get(says).content.decode()
    for field, value in (
        ("id_title", "El autobús"),
        ("id_publication_date", "2009-03-24"),
        ("id_language", "es"),
    ):
        assert f'data-suggestion-for="{field}" data-suggestion="{value}"' in page
    assert "Filled in from the file" in page
    client.force_login(make_user())
    assert client.get(says).status_code in (302, 403)


def test_what_the_file_says_is_suggested_for_the_papers_own_fields(client, editor):
    edition = make_edition()
    report = make_report(edition)
    report.document_info = {"title": "Sharing <the> bus", "date": "2009-03-24", "author": "Ada Plover"}
    report.save()

    form = client.get(reverse("wagtailadmin_pages:edit", args=[edition.paper_id])).content.decode()

    assert 'data-suggestion-for="id_title" data-suggestion="Sharing &lt;the&gt; bus"' in form
    assert 'data-suggestion-for="id_publication_date" data-suggestion="2009-03-24"' in form
    assert "Ada Plover" in form
