"""Every given PDF goes the whole way: from the form to the page that holds what somebody types."""

from __future__ import annotations

import pytest
from django.urls import reverse

from papers.models import FileRecord
from publishing.models import SiteDocument
from tests.papers.intake.test_forms import add_one
from tests.papers.pdf.test_preflight import REAL_PAGES, real
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition, make_editor, upload

pytestmark = pytest.mark.django_db

# Typed without accents and vowels, divided in the file, painted from right to left, in columns.
TYPED = {
    "GeoTopo-komprimiert.pdf": ('"metrische raume"', "METRISCHE RÄUME"),  # its running head
    "crazyones-pdfa.pdf": ('"round pegs in the square holes"', "round pegs in the square holes"),
    "google-doc-document.pdf": ("beautiful ugly sparse", "Beautiful"),
    "habibi.pdf": ("حبيبي", "حَبيبي"),
    "multicolumn.pdf": ('"consectetuer adipiscing elit"', "consectetuer adipiscing elit"),
    "pdflatex-4-pages.pdf": ("huardest gefburn", "Huardest"),
    "pdflatex-outline.pdf": ("contents foo bar", "Contents"),
}


@pytest.mark.parametrize("name", sorted(REAL_PAGES))
def test_a_given_pdf_is_taken_read_checked_found_and_shown(client, run_on_commit, name):
    client.force_login(make_editor())
    with run_on_commit():
        assert add_one(client, upload(real(name).read_bytes(), name)).status_code == 302
        edition = make_edition(make_paper(title="Given"), document=SiteDocument.objects.get())
    review = client.get(reverse("papers_admin:review", args=[edition.paper_id, edition.number]))
    client.logout()

    record = FileRecord.objects.get()
    assert (record.state, record.pages.count()) == (FileRecord.State.READ, REAL_PAGES[name])
    assert record.accessibility_report.issues
    assert review.status_code == 200
    typed, marked = TYPED[name]
    first = client.get("/search/", {"q": typed, "kind": "sheet"}).context["results"][0]
    assert "<mark>" in first["snippet"]
    page = client.get(first["url"]).content.decode()
    assert f'<mark id="found">{marked}' in page
    for number in (1, record.page_count):
        under = f"{edition.paper.url}editions/1/read/{number}/"
        assert client.get(under).status_code == 200
        assert client.get(f"{under}picture-webp/")["Content-Type"] == "image/webp"
