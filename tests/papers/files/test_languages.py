"""A paper in another language than the site's says so wherever its words stand."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse

from papers.files import languages
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition, make_editor, make_read_edition
from tests.support.reviews import make_report

pytestmark = pytest.mark.django_db


def test_the_language_of_a_paper_is_told_to_readers_and_programs(client):
    paper = make_read_edition(
        make_paper(title="Compartir el autobús", introduction="Tres distritos.", language="es"),
        pages=["Un autobús."],
    ).paper

    page = client.get(paper.url).content.decode()
    assert re.search('<h1 [^>]*lang="es"[^>]*>Compartir el autobús</h1>', page)
    assert re.search('<p [^>]*lang="es"[^>]*>Tres distritos.</p>', page)
    assert '<meta name="citation_language" content="es">' in page
    assert '<meta name="DC.language" content="es">' in page
    assert (
        json.loads(re.search("<script type=.application/ld.json.>(.*?)</script>", page, re.S)[1])[
            "inLanguage"
        ]
        == "es"
    )
    assert 'lang="es"' in client.get("/papers/").content.decode()
    harvested = client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc").content.decode()
    assert "<dc:language>es</dc:language>" in harvested


def test_the_papers_own_language_outweighs_what_its_file_says(client):
    paper = make_read_edition(make_paper(language="pt-br"), pages=["Um ônibus."]).paper

    page = client.get(f"{paper.url}read/").content.decode()

    assert 'dir="auto" lang="pt-br"' in page
    assert 'lang="en-US"' not in page


def test_a_paper_that_names_no_language_is_in_that_of_the_site(client):
    page = client.get(make_paper().url).content.decode()

    assert '<meta name="citation_language" content="en">' in page
    assert page.count("lang=") == 1


@pytest.mark.parametrize(
    ("file_language", "suggested"),
    [("es-US", "es"), ("zh-Hans-CN", "zh-hans"), ("en-US", ""), ("tlh", ""), ("", "")],
)
def test_the_language_of_the_file_is_suggested_where_the_site_knows_another(client, file_language, suggested):
    edition = make_edition()
    make_report(edition)
    edition.record.language = file_language
    edition.record.save()
    client.force_login(make_editor())

    form = client.get(reverse("wagtailadmin_pages:edit", args=[edition.paper_id])).content.decode()

    offered = re.findall('data-suggestion-for="id_language" data-suggestion="([^"]*)"', form)
    assert offered == ([suggested] if suggested else [])
    assert 'name="language"' in form


def test_a_language_has_its_name_and_an_unknown_one_its_tag():
    assert (languages.name("es"), languages.name("tlh"), languages.name("")) == ("Spanish", "tlh", "")
