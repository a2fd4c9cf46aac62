"""What the editions panel of a paper's form points out about its file."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.support.factories import make_paper
from tests.support.paper_files import make_document, make_edition, pdf_bytes

pytestmark = pytest.mark.django_db


def test_duplicates_are_pointed_out(client, editor):
    content = pdf_bytes()
    make_paper(title="Sharing the Bus: A Report")
    make_document(content, title="The bus paper")
    edition = make_edition(make_paper(title="Sharing the bus, a report"), content=content)

    form = client.get(reverse("wagtailadmin_pages:edit", args=[edition.paper_id])).content.decode()

    assert "The same file has already been uploaded, as “The bus paper”." in form
    assert "nearly the same title: “Sharing the Bus: A Report”" in form
