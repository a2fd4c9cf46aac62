"""A file that is read in the browser only, and asked for at every door."""

from __future__ import annotations

import pytest
from django.urls import reverse

from papers.accessibility.outcomes import Outcome
from papers.models import AccessibilityReview, FileRecord, OAIRecord, PageText
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return decide(make_edition(make_paper(title="Shared buses", slug="buses"), pages=2))


def decide(edition, outcome=Outcome.HTML_ONLY):
    record = edition.record
    record.state = FileRecord.State.READ
    record.save()
    PageText.objects.create(record=record, number=1, text="The bus is shared.")
    PageText.objects.create(record=record, number=2, text="So is the nurse.")
    review = AccessibilityReview(edition=edition, outcome=outcome)
    review.record_decision(user=make_editor())
    return edition


def shown(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_the_landing_page_offers_reading_and_no_download(client, edition):
    page = shown(client, "/papers/buses/")

    assert "/download/" not in page
    assert "Download edition" not in page
    assert 'href="/papers/buses/read/"' in page
    assert "Read the 1st edition" in page
    assert "2 pages, read online" in page
    assert "2 pages, read online" in shown(client, "/papers/")


@pytest.mark.parametrize("under", ["download/", "editions/1/download/"])
def test_the_address_of_the_file_leads_to_the_reader(client, edition, under):
    page = shown(client, f"/papers/buses/{under}", status=403)

    assert 'href="/papers/buses/editions/1/read/"' in page
    assert reverse("request_format", args=[edition.paper_id]) in page
    assert b"%PDF" not in client.get(f"/papers/buses/{under}", headers={"Range": "bytes=0-9"}).content


def test_the_document_leads_to_the_reader_too_and_editors_get_the_file(client, edition):
    assert "/papers/buses/editions/1/read/" in shown(client, edition.document.url, status=403)

    client.force_login(make_editor())

    assert client.get(edition.document.url).status_code == 200
    inside = reverse("papers_admin:file", args=[edition.paper_id, edition.number])
    assert b"".join(client.get(inside)).startswith(b"%PDF")


def test_reading_and_citing_go_on(client, edition):
    assert "So is the nurse." in shown(client, "/papers/buses/read/2/")
    assert client.get("/papers/buses/editions/1/read/2/picture-webp/").status_code == 200
    assert "Shared buses" in shown(client, "/papers/buses/cite/?edition=1&page=2")


def test_programs_are_told_of_no_file(client, edition):
    response = client.get("/papers/buses/")

    page = response.content.decode()
    assert "citation_pdf_url" not in page
    assert "application/pdf" not in page + response["Link"]
    assert '/papers/buses/editions/1/read/>; rel="item"; type="text/html"' in response["Link"]
    record = shown(client, "/oai/?verb=ListRecords&metadataPrefix=oai_dc")
    assert "<dc:format>text/html</dc:format>" in record
    assert "/download/" not in shown(client, "/sitemap.xml") + shown(client, "/papers/feed/") + record


def test_an_older_edition_is_cited_at_its_pages(client, edition):
    make_edition(edition.paper)

    assert "/papers/buses/editions/1/read/" in shown(client, "/papers/buses/cite/?edition=1")


def test_a_harvester_hears_that_the_file_is_had_no_more(client):
    edition = make_edition(make_paper(slug="buses"), pages=2)
    before = shown(client, "/oai/?verb=ListRecords&metadataPrefix=oai_dc")
    version = harvested(edition)

    decide(edition)

    after = shown(client, "/oai/?verb=ListRecords&metadataPrefix=oai_dc")
    assert "application/pdf" in before
    assert "application/pdf" not in after
    assert harvested(edition) != version


def harvested(edition):
    return OAIRecord.objects.get(paper_number=edition.paper_id).version


def test_other_outcomes_leave_the_download_open(client):
    edition = decide(make_edition(pages=2), Outcome.ARCHIVED)

    assert client.get(f"{edition.paper.url}download/").status_code == 200
    assert client.get(edition.document.url).status_code == 200


def test_a_file_without_words_cannot_be_read_in_the_browser_only(client):
    edition = make_edition()
    client.force_login(make_editor())

    response = client.post(
        reverse("papers_admin:review", args=[edition.paper_id, edition.number]), {"outcome": "html-only"}
    )

    assert response.status_code == 422
    assert "there would be nothing to read" in response.content.decode()
