"""Editors see how often their papers were downloaded, as a chart, a table and a file."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from papers.models import DownloadCount
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition, make_editor

pytestmark = pytest.mark.django_db


def test_editors_see_counts_as_chart_table_and_file(client):
    edition = make_edition(make_paper(title="=1+1"))
    DownloadCount.objects.create(edition=edition, month=date.today().replace(day=1), number=7)
    client.force_login(make_editor())
    address = reverse("papers_admin:downloads")

    page = client.get(address).content.decode()
    rows = client.get(f"{address}?format=csv&paper={edition.paper_id}").content.decode().splitlines()

    assert "<svg" in page
    assert "<td>7</td>" in page
    assert rows[0] == "Month,White paper,Edition,Downloads"
    assert rows[1] == f"{date.today():%Y-%m},'=1+1,1,7"
    assert client.get(f"{address}?paper=99999999999999999999").status_code == 200
