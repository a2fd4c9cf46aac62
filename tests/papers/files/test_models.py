"""An editor is told how far a new file has come."""

from __future__ import annotations

import pytest
from django.urls import reverse

from papers.models import FileRecord
from tests.support.factories import make_user
from tests.support.paper_files import make_edition, make_editor
from tests.support.reviews import make_report

pytestmark = pytest.mark.django_db


def test_an_editor_sees_how_far_a_file_has_come(client):
    client.force_login(make_editor())
    edition = make_edition()
    form = reverse("wagtailadmin_pages:edit", args=[edition.paper_id])
    part = reverse("papers_admin:editions", args=[edition.paper_id])
    assert "Its pages are being read." in client.get(form).content.decode()

    FileRecord.objects.update(state=FileRecord.State.READ)
    assert "The file is being checked." in client.get(part).content.decode()
    make_report(edition)

    page = client.get(part).content.decode()
    assert "<progress" not in page
    assert "data-in-progress" not in page
    FileRecord.objects.update(state=FileRecord.State.FAILED)
    assert "could not be read" in client.get(part).content.decode()


def test_only_who_may_edit_a_paper_is_told_of_its_editions(client):
    part = reverse("papers_admin:editions", args=[make_edition().paper_id])
    client.force_login(make_user())

    assert client.get(part).status_code in (302, 403)
