"""Signposts lead programs from a paper to all that belongs to it, and back."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from tests.support.page_heads import ORCID, make_full_paper

pytestmark = pytest.mark.django_db


def test_signposts_lead_from_the_page_to_all_that_belongs_to_it(client):
    paper = make_full_paper()

    links = client.get(paper.url)["Link"].split(", ")

    home = paper.full_url
    assert '<https://doi.org/10.1000/182>; rel="cite-as"' in links
    assert f'<{home}editions/1/download/>; rel="item"; type="application/pdf"' in links
    assert f'<{home}cite/bibtex/>; rel="describedby"; type="application/x-bibtex"' in links
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links
    assert f'<https://orcid.org/{ORCID}>; rel="author"' in links
    assert '<https://schema.org/AboutPage>; rel="type"' in links


def test_signposts_lead_from_the_file_back_to_its_page(client):
    paper = make_full_paper()

    links = client.get(f"{paper.url}download/")["Link"]

    assert f'<{paper.full_url}>; rel="collection"; type="text/html"' in links


def test_a_private_paper_puts_up_no_signposts(client):
    paper = make_full_paper()
    PageViewRestriction.objects.create(page=paper, restriction_type=PageViewRestriction.LOGIN)

    assert "Link" not in client.get(paper.url)
