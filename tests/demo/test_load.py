"""The demo's papers show every feature of the library."""

from __future__ import annotations

import pytest

from demo import content
from demo import load as loading
from papers.models import DownloadCount
from publishing.models import Author, Topic

SHELF = {words["slug"]: words for words in content.read("papers/papers.toml")["paper"]}


def load(slug: str):
    words = SHELF[slug]
    for author in words["authors"]:
        Author.objects.get_or_create(slug=author, defaults={"name": author.title()})
    for topic in words["topics"]:
        Topic.objects.get_or_create(slug=topic, defaults={"name": topic})
    return loading.make_paper(words)


@pytest.mark.django_db
def test_a_demo_paper_has_statements_data_and_downloads(client):
    paper = load("sharing-the-bus")

    page = client.get(paper.url).content.decode()
    (table,) = paper.data_files.all()

    assert "https://doi.org/10.5555/caec.wp.2" in page
    assert "Foxglove Fund" in page
    assert "Table 1: students and programs" in page
    assert b"".join(client.get(table.document.url)).startswith(b"fiscal_year,students_out_of_district")
    assert DownloadCount.objects.filter(edition__paper=paper).count() == 12
    assert "Most downloaded this year" in client.get("/papers/").content.decode()


@pytest.mark.django_db
def test_a_demo_paper_waits_for_its_next_edition(client):
    paper = load("counting-agencies")

    page = client.get(paper.url).content.decode()

    assert "The file will be available on" in page
    assert client.get(f"{paper.url}editions/1/download/").status_code == 200
    assert client.get(f"{paper.url}editions/2/download/").status_code == 403


@pytest.mark.django_db
def test_a_demo_paper_is_out_of_date_and_leads_on(client):
    newer = load("building-capacity-in-small-districts")
    paper = load("governing-a-collaborative")

    page = client.get(paper.url).content.decode()

    assert "This white paper is out of date." in page
    assert f'href="{newer.url}"' in page.partition("<article")[0]
