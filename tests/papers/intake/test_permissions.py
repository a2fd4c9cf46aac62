"""The file of an edition is deleted by nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from papers.models import FileRecord
from publishing.models import SiteDocument
from tests.support.paper_files import make_document, make_edition

pytestmark = pytest.mark.django_db


def test_the_file_of_an_edition_cannot_be_deleted_by_any_address(client, editor):
    edition = make_edition()
    pk = edition.document_id

    client.post(reverse("wagtaildocs:delete", args=[pk]))
    client.post(
        reverse("wagtaildocs:delete_multiple", args=[pk]), headers={"X-Requested-With": "XMLHttpRequest"}
    )
    client.post(f"{reverse('wagtail_bulk_action', args=['publishing', 'sitedocument', 'delete'])}?id={pk}")

    assert SiteDocument.objects.filter(pk=pk).exists()


def test_a_document_of_no_edition_can_be_deleted(client, editor):
    document = make_document()

    client.post(reverse("wagtaildocs:delete", args=[document.pk]))

    assert not SiteDocument.objects.exists()
    assert not FileRecord.objects.exists()
