"""All words of a paper on one sheet."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import PageText
from papers.reader import full_text
from tests.support.paper_files import make_read_edition

pytestmark = pytest.mark.django_db


def test_all_words_stand_one_after_the_other_each_page_with_its_way_back(client):
    edition = make_read_edition(pages=["A cover", "", "The <b>end</b>\n\nand after"])
    url = edition.paper.url

    page = client.get(f"{url}read/text/").content.decode()

    assert page.index("A cover") < page.index("The &lt;b&gt;end&lt;/b&gt;") < page.index("and after")
    assert re.findall(r'id="page-(\d+)"', page) == ["1", "3"]
    assert f'href="{url}read/3/"' in page
    assert f'<link rel="canonical" href="{edition.paper.full_url}read/text/">' in page


def test_headings_keep_their_order_from_page_to_page(client):
    edition = make_read_edition(pages=["One", "Two"])
    for number, level in [(1, 1), (2, 2)]:
        PageText.objects.filter(number=number).update(
            tagged_blocks=[{"kind": "heading", "level": level, "text": f"Chapter {number}"}]
        )

    page = client.get(f"{edition.paper.url}read/text/").content.decode()

    assert '<h2 dir="auto">Chapter 1</h2>' in page
    assert '<h3 dir="auto">Chapter 2</h3>' in page


def test_the_reader_of_a_page_is_led_to_the_same_place(client):
    url = make_read_edition(pages=["One", "Two"]).paper.url

    assert f'href="{url}read/text/#page-2"' in client.get(f"{url}read/2/").content.decode()


def test_a_long_paper_goes_on_at_the_next_page(client, monkeypatch):
    monkeypatch.setattr(full_text, "PAGES_PER_PART", 2)
    url = make_read_edition(pages=["One", "Two", "Three"]).paper.url

    first, second = (client.get(f"{url}read/text/{part}").content.decode() for part in ("", "?sheet=2"))

    assert "Two" in first
    assert "Three" not in first
    assert ">Page 3</a>" in first
    assert "Three" in second
    assert f'href="{url}read/text/?sheet=2#page-3"' in client.get(f"{url}read/3/").content.decode()


@pytest.mark.parametrize("part", ["0", "2", "-1", "x", "9" * 40, "²", ""])
def test_a_page_that_is_not_there_is_not_found(client, part):
    url = make_read_edition(pages=["One"]).paper.url

    assert client.get(f"{url}read/text/?sheet={part}").status_code == 404


def test_an_earlier_edition_has_its_own_for_good(client):
    first = make_read_edition(pages=["Old words"])
    make_read_edition(first.paper, pages=["New words"])

    old = client.get(f"{first.paper.url}editions/1/read/text/").content.decode()

    assert "Old words" in old
    assert f'href="{first.paper.url}editions/1/read/1/"' in old
    assert f'rel="canonical" href="{first.paper.full_url}editions/1/read/text/"' in old


def test_more_pages_cost_no_more_queries(client):
    papers = [make_read_edition(pages=["Words"] * count).paper for count in (2, 40)]
    client.get(f"{papers[0].url}read/text/")
    counts = []
    for paper in papers:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"{paper.url}read/text/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
