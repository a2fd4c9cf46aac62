"""One page of a paper, and the discussion of it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import PageText
from tests.support.comments import about, make_comment, visible_text
from tests.support.paper_files import make_read_edition

pytestmark = pytest.mark.django_db
WORDS = "A saving that ends in a worse service is a cut."


def test_the_thread_leads_to_the_page_and_the_page_to_the_thread(client):
    edition = make_read_edition(pages=["One", WORDS])
    comment = make_comment(on=edition.paper, text="So it is.", **about(edition, 2, "a worse service"))
    url = edition.paper.url

    assert f'<a href="{url}read/2/">On p. 2: <q dir="auto">a worse service</q></a>' in (
        client.get(url).content.decode()
    )
    page = client.get(f"{url}read/2/").content.decode()
    assert f'href="/discussion/comment/{comment.pk}/"' in page
    assert "So it is." in page
    assert "So it is." not in client.get(f"{url}read/1/").content.decode()


def test_a_closed_discussion_shows_no_way_to_discuss_a_page(client):
    edition = make_read_edition(pages=["One"])
    edition.paper.comments_open = False
    edition.paper.save()

    assert "Comment on this page" not in visible_text(client.get(f"{edition.paper.url}read/1/"))
    assert client.get(f"/discussion/about/{edition.paper_id}/", about(edition)).status_code == 403


def test_a_page_is_read_as_paragraphs_with_ways_on(client):
    edition = make_read_edition(pages=["Cover", "First.\n\nA <b>second</b> one.", "End"])
    url = edition.paper.url

    page = client.get(f"{url}read/2/").content.decode()

    assert '<p dir="auto">First.</p>' in page
    assert "A &lt;b&gt;second&lt;/b&gt; one." in page
    assert 'lang="en-US"' in page
    assert f'rel="prev" href="{url}read/1/"' in page
    assert f'rel="next" href="{url}read/3/"' in page


def test_the_outline_leads_to_its_pages_and_says_where_one_is(client):
    outline = [(1, "Beginning", 1), (2, "Middle", 2), (1, "Nowhere", None)]
    paper = make_read_edition(pages=["One", "Two", "Three"], outline=outline).paper

    page = client.get(f"{paper.url}read/3/").content.decode()

    assert f'<a href="{paper.url}read/2/" aria-current="location">Middle</a>' in page
    assert f'<a href="{paper.url}read/1/">Beginning</a>' in page
    assert "Nowhere" not in page


def test_a_tagged_page_is_shown_with_its_headings_lists_tables_and_figures(client):
    edition = make_read_edition(pages=["Heading Some words"])
    cells = [[{"text": "Town", "head": True}], [{"text": "Quabbin & Co", "head": False}]]
    PageText.objects.update(
        tagged_blocks=[
            {"kind": "heading", "level": 3, "text": "Heading"},
            {"kind": "heading", "level": 1, "text": "Chapter"},
            {"kind": "heading", "level": 3, "text": "Part"},
            {"kind": "list", "items": ["First <b>", "Second"]},
            {"kind": "table", "caption": "Towns", "rows": cells},
            {"kind": "figure", "text": "A map of the towns."},
        ]
    )

    page = client.get(f"{edition.paper.url}read/1/", {"q": "heading"}).content.decode()

    assert '<h2 dir="auto"><mark id="found">Heading</mark></h2>' in page
    assert '<h2 dir="auto">Chapter</h2>' in page
    assert '<h3 dir="auto">Part</h3>' in page
    assert '<li dir="auto">First &lt;b&gt;</li>' in page
    assert '<th scope="col" dir="auto">Town</th>' in page
    assert '<td dir="auto">Quabbin &amp; Co</td>' in page
    assert "A map of the towns." in page


def test_the_picture_stands_above_the_words_in_the_size_asked_for(client):
    edition = make_read_edition(pages=["One"])
    url = edition.paper.url

    page = client.get(f"{url}read/1/?zoom=200").content.decode()

    assert f'srcset="{url}editions/1/read/1/picture-webp/"' in page
    assert "reader__page--200" in page
    assert "reader__page--100" in client.get(f"{url}read/1/?zoom=7").content.decode()


def test_a_page_costs_the_same_queries_in_a_paper_of_one_page_and_of_many(client, django_assert_num_queries):
    short = make_read_edition(pages=["One"]).paper
    long = make_read_edition(pages=["One"] * 30).paper
    client.get(f"{short.url}read/1/")

    with CaptureQueriesContext(connection) as few:
        client.get(f"{short.url}read/1/")

    with django_assert_num_queries(len(few)):
        client.get(f"{long.url}read/1/")
