"""A paper read in the browser: its pages, their addresses, and who may read them."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from papers.models import Edition, Paper
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition, make_read_edition

pytestmark = pytest.mark.django_db


def test_the_landing_page_leads_to_the_reader_which_opens_at_page_one(client):
    paper = make_read_edition(pages=["The cover", "More"]).paper

    assert f'href="{paper.url}read/"' in client.get(paper.url).content.decode()
    assert "The cover" in client.get(f"{paper.url}read/").content.decode()


def test_going_to_a_page_by_its_number_leads_to_its_address(client):
    paper = make_read_edition(pages=["One", "Two"]).paper

    assert client.get(f"{paper.url}read/?page=2")["Location"] == f"{paper.url}read/2/"
    assert client.get(f"{paper.url}read/?page=99")["Location"] == f"{paper.url}read/2/"
    assert client.get(f"{paper.url}editions/1/read/?page=0")["Location"] == f"{paper.url}editions/1/read/1/"
    assert client.get(f"{paper.url}read/?page=x").status_code == 200


@pytest.mark.parametrize("page", ["0", "3", "99999999999999999999999", "-1", "one"])
def test_a_page_the_file_does_not_have_is_not_there(client, page):
    paper = make_read_edition(pages=["One", "Two"]).paper

    assert client.get(f"{paper.url}read/{page}/").status_code == 404
    assert client.get(f"{paper.url}editions/1/read/{page}/").status_code == 404


def test_a_file_that_could_not_be_read_has_no_reader(client):
    edition = make_edition()
    edition.document.record.delete()

    assert client.get(f"{edition.paper.url}read/").status_code == 404
    assert f"{edition.paper.url}read/" not in client.get(edition.paper.url).content.decode()


def test_pages_of_drafts_and_of_hidden_papers_are_not_there(client):
    draft = make_read_edition(pages=["Secret"], state=Edition.State.DRAFT)
    hidden = make_read_edition(make_paper(live=False), pages=["Secret"])

    for edition in (draft, hidden):
        url = edition.paper.url_path.removeprefix("/home")
        assert client.get(f"{url}read/1/").status_code == 404
        assert client.get(f"{url}editions/1/read/1/").status_code == 404


def test_pages_of_a_withdrawn_edition_are_gone(client):
    edition = make_read_edition(pages=["Wrong"])
    edition.withdraw(reason="A table was wrong.")

    response = client.get(f"{edition.paper.url}editions/1/read/1/")

    assert response.status_code == 410
    assert "A table was wrong." in response.content.decode()
    assert client.post(f"{edition.paper.url}read/").status_code == 405


def test_after_a_rename_the_old_addresses_of_pages_lead_to_the_new_ones(
    client, django_capture_on_commit_callbacks
):
    make_read_edition(make_paper(slug="old-name"), pages=["One", "Two"])
    paper = Paper.objects.get()
    paper.save_revision().publish()

    paper.slug = "new-name"
    with django_capture_on_commit_callbacks(execute=True):
        paper.save_revision().publish()

    for under in ("read/", "read/2/", "editions/1/read/", "editions/1/read/2/"):
        response = client.get(f"/papers/old-name/{under}")
        assert (response.status_code, response["Location"]) == (301, f"/papers/new-name/{under}")


def test_searches_within_a_paper_are_limited_and_reading_it_is_not(client, settings):
    cache.clear()
    settings.RATE_LIMITS = {"search": "2/m/ip"}
    address = f"{make_read_edition(pages=['Buses', 'Nurses']).paper.url}read/1/"

    searches = [client.get(address, {"q": "buses"}) for _ in range(3)]

    assert [response.status_code for response in searches] == [200, 200, 429]
    assert searches[-1]["Retry-After"] == "60"
    assert client.get(address).status_code == 200
    cache.clear()
