"""Every post and paper tells programs what it is, in its head and in its headers, truly and safely."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape

import pytest
from django.conf import settings
from wagtail.models import PageViewRestriction

from papers.models import FileRecord
from publishing import schema_org
from publishing.models import Authorship, TopicLink
from tests.support.factories import make_author, make_paper, make_post, make_topic
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db

ORCID = "0000-0002-1825-0097"


def head(client, page) -> str:
    return client.get(page.url).content.decode().partition("</head>")[0]


def tags(client, page) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, content in re.findall(
        r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', head(client, page)
    ):
        values.setdefault(name, []).append(unescape(content))
    return values


def data(client, page) -> dict:
    values = re.search(r'<script type="application/ld\+json">(.*?)</script>', head(client, page), re.DOTALL)
    return json.loads(values.group(1))


def make_full_paper():
    paper = make_paper(
        title="Building Capacity", publisher="An Association", publication_date=date(2009, 3, 24),
        series="White Papers", series_number="1", doi="10.1000/182", isbn="9780306406157",
        abstract="<p>Small &amp; strong.</p>",
    )  # fmt: skip
    Authorship.objects.create(page=paper, author=make_author("Adele Quillfeather", orcid=ORCID))
    TopicLink.objects.create(page=paper, topic=make_topic("Shared services"))
    make_edition(paper)
    return paper


def test_a_paper_says_to_scholarly_search_what_it_is(client):
    paper = make_full_paper()

    metadata = tags(client, paper)

    assert metadata["citation_title"] == ["Building Capacity"]
    assert metadata["citation_author"] == ["Adele Quillfeather"]
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


def test_a_post_is_an_article(client):
    post = make_post(title="Sharing a nurse", introduction="Two towns, one nurse.")
    Authorship.objects.create(page=post, author=make_author("Marcus Thistlewood"))

    metadata, shared = data(client, post), tags(client, post)

    assert (metadata["@type"], metadata["headline"]) == ("Article", "Sharing a nurse")
    assert metadata["author"][0]["name"] == "Marcus Thistlewood"
    assert shared["og:title"] == ["Sharing a nurse"]
    assert shared["og:url"] == [post.full_url]
    assert "citation_title" not in shared


def test_pictures_of_shared_links_are_the_sites_own(client):
    paper = make_full_paper()
    record = paper.newest_edition.record
    FileRecord.objects.filter(pk=record.pk).update(cover="covers/a.webp", cover_width=400, cover_height=500)

    metadata = tags(client, paper)

    assert metadata["og:image"] == [f"{settings.BASE_URL}/media/covers/a.jpg"]


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", "<!--", '"><img src=x>', "\u2028 & <b>", "]]>"]
)
def test_no_title_breaks_out_of_the_head(client, title):
    paper = make_paper(title=title)

    before = head(client, make_paper(title="plain")).count("<script")

    assert head(client, paper).count("<script") == before
    assert data(client, paper)["headline"] == title
    assert tags(client, paper)["citation_title"] == [title]


def test_data_between_script_tags_hold_no_sign_of_markup():
    assert not set(schema_org.script({"a": "<>&\u2028\u2029"})) & set("<>&\u2028\u2029")


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


def test_a_paper_of_which_little_is_known_tells_just_that(client):
    paper = make_paper(title="Bare")

    assert data(client, paper)["isAccessibleForFree"] is False
    assert "citation_pdf_url" not in tags(client, paper)
