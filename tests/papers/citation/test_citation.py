"""What is cited: an edition, under its own number, date and address."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from papers.citation.citation import Citation
from papers.citation.styles import STYLES
from publishing.models import Author
from tests.support.citations import make_cited, references
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db


def test_a_later_edition_is_cited_by_its_own_number_and_date():
    paper = make_cited()
    make_edition(paper)
    make_edition(paper, publication_date=date(2026, 10, 6))

    assert "(2026)" in references(paper)["APA"]
    assert "2nd ed." in references(paper)["APA"]


def test_a_doi_stands_as_a_full_link():
    paper = make_cited(doi="10.1000/182")

    assert "https://doi.org/10.1000/182" in references(paper)["APA"]


def test_a_paper_without_a_date_is_cited_by_the_sites_day_of_posting():
    evening = datetime(2026, 1, 1, 2, tzinfo=UTC)  # still December in New York
    paper = make_paper(title="Late", first_published_at=evening)

    assert "(2025)" in references(paper)["APA"]
    assert paper.citation.item["issued"] == {"date-parts": [[2025, 12, 31]]}


def test_a_doi_leads_to_the_newest_edition_and_so_cites_no_older_one_and_no_page():
    paper = make_cited(doi="10.1000/182")
    first, second = make_edition(paper), make_edition(paper)

    cited = [Citation(paper, first), Citation(paper, second), Citation(paper, second, 14)]

    assert [one.item.get("DOI") for one in cited] == [None, "10.1000/182", None]


@pytest.mark.parametrize("style", STYLES)
def test_a_paper_nobody_signed_and_nothing_is_known_of_can_be_cited(style):
    paper = make_paper(title="Nameless")

    assert "Nameless" in references(paper)[style]


def test_an_older_edition_is_cited_at_its_own_address(client):
    paper = make_cited()
    make_edition(paper)
    make_edition(paper)

    item = json.loads(client.get(f"{paper.url}cite/csl-json/?edition=1").content)[0]

    assert item["URL"] == f"{paper.full_url}editions/1/download/"
    assert f"{paper.url}cite/?edition=1" in client.get(paper.url).content.decode()


def test_an_organization_is_cited_by_its_whole_name(client):
    name = "Massachusetts Organization of Educational Collaboratives"
    paper = make_cited(name)
    make_edition(paper)

    written = references(paper)
    page = client.get(paper.url).content.decode()

    assert written["APA"].startswith(f"{name}. (2009).")
    assert all(name in line for line in written.values())
    assert f'<meta name="citation_author" content="{name}">' in page
    assert f'<meta name="DC.creator" content="{name}">' in page
    assert f'{{"@type": "Organization", "name": "{name}"' in page
    assert f"author = {{{{{name}}}}}" in client.get(f"{paper.url}cite/bibtex/").content.decode()
    assert f"AU  - {name}\r\n" in client.get(f"{paper.url}cite/ris/").content.decode()


@pytest.mark.parametrize(
    ("kind", "written"), [("", "Service, U."), ("person", "Service, U."), ("organization", "Union Service")]
)
def test_an_editor_says_how_an_author_is_cited(kind, written):
    paper = make_cited("Union Service")
    Author.objects.update(kind=kind)

    assert references(paper)["APA"].startswith(
        f"{written} (2009)" if kind != "organization" else f"{written}. (2009)"
    )


def test_a_degree_is_not_taken_for_a_name(client):
    paper = make_cited("Adele Quillfeather, Ed.D.")
    make_edition(paper)

    assert references(paper)["APA"].startswith("Quillfeather, A. (2009)")
    assert (
        '<meta name="citation_author" content="Quillfeather, Adele">'
        in client.get(paper.url).content.decode()
    )


@pytest.mark.parametrize("style", STYLES)
def test_a_paper_without_author_and_publisher_names_its_title_once(style):
    paper = make_paper(title="Nameless", slug="unsigned", publisher="")

    assert references(paper)[style].count("Nameless") == 1


@pytest.mark.parametrize("form", ["apa", "bibtex", "ris", "csl-json"])
def test_the_file_of_a_paper_with_a_slug_in_another_script_has_a_whole_name(client, form):
    paper = make_cited(title="地区合作", subtitle="", slug="地区合作")
    make_edition(paper)

    response = client.get(f"{paper.url}cite/{form}/")

    assert response["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''%E5%9C%B0%E5%8C%BA%E5%90%88%E4%BD%9C"
    )
    assert b"@techreport{quillfeather2009dequhezuo," in response.content or form != "bibtex"
