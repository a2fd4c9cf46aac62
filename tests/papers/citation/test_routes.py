"""A paper is cited in the styles people are asked for, edition by edition, page by page."""

from __future__ import annotations

import json
from html import unescape

import pytest
from wagtail.models import PageViewRestriction

from papers.citation.styles import STYLES
from papers.models import Edition, PageText
from tests.support.citations import make_cited, words
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db
FORMS = [*(style.lower() for style in STYLES), "bibtex", "ris", "csl-json"]


def test_the_landing_page_offers_every_form_to_copy_and_to_download(client):
    paper = make_cited()
    make_edition(paper)

    page = client.get(paper.url).content.decode()

    assert "Cite this white paper" in page
    for form in FORMS:
        assert f'id="cite-{form}"' in page
        assert f'data-copy-from="cite-{form}"' in page
        assert f'href="{paper.url}cite/{form}/" download' in page
        response = client.get(f"{paper.url}cite/{form}/")
        assert response.status_code == 200
        assert response["Link"] == f'<{paper.full_url}>; rel="describes"; type="text/html"'


@pytest.mark.parametrize("name", [", Jr.", "Dr.", ",", "PhD", "()"])
def test_a_paper_by_somebody_with_a_title_for_a_name_can_be_cited(client, name):
    paper = make_cited(name)
    make_edition(paper)

    responses = [client.get(paper.url), *(client.get(f"{paper.url}cite/{form}/") for form in FORMS)]

    assert {response.status_code for response in responses} == {200}
    assert name.strip("., ") in responses[-1].content.decode()


def test_what_is_copied_is_what_is_downloaded(client):
    paper = make_cited(title="Costs & <benefits>")
    make_edition(paper)

    page = client.get(paper.url).content.decode()

    for form in FORMS:
        shown = page.partition(f'id="cite-{form}"')[2].partition(">")[2]
        shown = unescape(
            words(shown.partition("</span>" if form in [style.lower() for style in STYLES] else "</pre>")[0])
        )
        downloaded = client.get(f"{paper.url}cite/{form}/").content.decode()
        assert shown.split() == downloaded.split()


def test_a_style_is_had_as_a_line_of_text(client):
    paper = make_cited()
    make_edition(paper)

    response = client.get(f"{paper.url}cite/apa/")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="capacity-1-apa.txt"'
    assert response.content.decode() == (
        "Quillfeather, A., & Nguyen, A. (2009). Building Capacity: What Agencies Do "
        f"(White Papers No. 1). An Association. {paper.full_url}\n"
    )


def test_the_reader_of_a_page_is_led_to_its_citation(client):
    paper = make_cited()
    edition = make_edition(paper, pages=3)
    PageText.objects.create(record=edition.record, number=2, text="Words.")

    page = client.get(f"{paper.url}read/2/").content.decode()

    assert f'href="{paper.url}cite/?edition=1&amp;page=2"' in page
    cited = client.get(f"{paper.url}cite/?edition=1&page=2").content.decode()
    assert "2009, p. 2)" in cited


def test_each_file_has_its_type_and_a_name(client):
    paper = make_cited()
    make_edition(paper)

    responses = [client.get(f"{paper.url}cite/{kind}/") for kind in ("bibtex", "ris", "csl-json")]

    assert [response["Content-Type"].partition(";")[0] for response in responses] == [
        "application/x-bibtex",
        "application/x-research-info-systems",
        "application/vnd.citationstyles.csl+json",
    ]
    names = [response["Content-Disposition"].partition("filename=")[2] for response in responses]
    assert names == ['"capacity-1.bib"', '"capacity-1.ris"', '"capacity-1.json"']
    assert responses[0].content.startswith(b"@techreport{quillfeather2009building,")
    assert b"TY  - RPRT\r\nAU  - Quillfeather, Adele\r\n" in responses[1].content
    assert json.loads(responses[2].content)[0]["issued"] == {"date-parts": [[2009, 3, 24]]}


def test_one_page_of_one_edition_is_cited(client):
    paper = make_cited()
    make_edition(paper, pages=20)
    make_edition(paper)

    page = client.get(f"{paper.url}cite/?edition=1&page=14").content.decode()
    item = json.loads(client.get(f"{paper.url}cite/csl-json/?edition=1&page=14").content)[0]

    assert "(Quillfeather &amp; Nguyen, 2009, p. 14)" in page
    assert "cite/bibtex/?edition=1&amp;page=14" in page
    assert item["page"] == "14"
    assert item["URL"] == f"{paper.full_url}editions/1/read/14/"
    assert b"p. 14" in client.get(f"{paper.url}cite/bibtex/?edition=1&page=14").content


@pytest.mark.parametrize(("pages", "words"), [(1, "1 page."), (3, "3 pages.")])
def test_a_page_beyond_the_last_is_refused_with_how_many_there_are(client, pages, words):
    paper = make_cited()
    make_edition(paper, pages=pages)

    response = client.get(f"{paper.url}cite/?page=4")

    assert response.status_code == 404
    assert f"This edition has {words}" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=2", "page=x", "page=999999999999", "edition=7", "edition=x", "page=%00"],
)
def test_a_page_or_edition_there_is_none_of_gets_a_sentence(client, query):
    paper = make_cited()
    make_edition(paper)

    response = client.get(f"{paper.url}cite/?{query}")

    assert response.status_code == 404
    assert "error-summary" in response.content.decode()
    assert client.get(f"{paper.url}cite/ris/?{query}").status_code == 404


def test_drafts_and_unknown_formats_are_not_there(client):
    paper = make_cited()
    make_edition(paper, state=Edition.State.DRAFT)

    assert client.get(f"{paper.url}cite/?edition=1").status_code == 404
    assert client.get(f"{paper.url}cite/endnote/").status_code == 404


def test_a_private_paper_is_not_cited_to_strangers(client):
    paper = make_cited()
    PageViewRestriction.objects.create(page=paper, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(f"{paper.url}cite/").status_code == 302
    assert client.get(f"{paper.url}cite/bibtex/").status_code == 302


def test_after_a_rename_citations_are_found_again(client, django_capture_on_commit_callbacks):
    paper = make_cited()
    paper.save_revision().publish()

    paper.slug = "new-name"
    with django_capture_on_commit_callbacks(execute=True):
        paper.save_revision().publish()

    for under in ("cite/", *(f"cite/{form}/" for form in FORMS)):
        response = client.get(f"/papers/capacity/{under}")
        assert (response.status_code, response["Location"]) == (301, f"/papers/new-name/{under}")
