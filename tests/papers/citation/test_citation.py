"""What is cited: an edition, under its own number, date and address."""

from __future__ import annotations

import json
from datetime import date

import pytest

from papers.citation.styles import STYLES
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
