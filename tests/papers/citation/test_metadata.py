"""A paper tells programs what it is, in each of their vocabularies."""

from __future__ import annotations

import pytest

from tests.support.factories import make_paper
from tests.support.page_heads import ORCID, data, make_full_paper, tags

pytestmark = pytest.mark.django_db


def test_a_paper_says_to_scholarly_search_what_it_is(client):
    paper = make_full_paper()

    metadata = tags(client, paper)

    assert metadata["citation_title"] == ["Building Capacity"]
    assert metadata["citation_author"] == ["Quillfeather, Adele"]
    assert metadata["citation_author_orcid"] == [f"https://orcid.org/{ORCID}"]
    assert metadata["citation_publication_date"] == ["2009/03/24"]
    assert metadata["citation_technical_report_institution"] == ["An Association"]
    assert metadata["citation_technical_report_number"] == ["1"]
    assert metadata["citation_pdf_url"] == [f"{paper.full_url}download/"]
    assert metadata["citation_doi"] == ["10.1000/182"]


def test_a_paper_says_it_in_dublin_core(client):
    paper = make_full_paper()

    metadata = tags(client, paper)

    assert metadata["DC.creator"] == ["Quillfeather, Adele"]
    assert metadata["DC.date"] == ["2009-03-24"]
    assert metadata["DC.identifier"] == [
        paper.full_url,
        "https://doi.org/10.1000/182",
        "urn:isbn:9780306406157",
    ]
    assert metadata["DC.rights"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert metadata["DC.subject"] == ["Shared services"]
    assert metadata["DC.description"] == ["Small & strong."]


def test_a_paper_says_it_in_the_words_of_schema_org(client):
    paper = make_full_paper()

    metadata = data(client, paper)

    assert metadata["@type"] == ["Report", "ScholarlyArticle"]
    assert metadata["author"][0]["sameAs"] == f"https://orcid.org/{ORCID}"
    assert metadata["identifier"] == "https://doi.org/10.1000/182"
    assert metadata["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert metadata["encoding"]["encodingFormat"] == "application/pdf"
    assert metadata["encoding"]["sha256"] == paper.newest_edition.record.sha256
    assert metadata["isPartOf"] == {"@type": "CreativeWorkSeries", "name": "White Papers"}


def test_a_paper_of_which_little_is_known_tells_just_that(client):
    paper = make_paper(title="Bare")

    assert data(client, paper)["isAccessibleForFree"] is False
    assert "citation_pdf_url" not in tags(client, paper)
