"""What was searched for is marked on the page that has it."""

from __future__ import annotations

import pytest

from tests.support.comments import visible_text
from tests.support.paper_files import make_read_edition

pytestmark = pytest.mark.django_db


def test_what_is_searched_for_is_marked_and_the_pages_that_have_it_are_listed(client):
    pages = ["Towns are sharing.", "A shared town, and shared towns <i>.", "Nurses"]
    paper = make_read_edition(pages=pages).paper

    page = client.get(f"{paper.url}read/2/", {"q": "sharing towns"}).content.decode()

    assert 'A <mark id="found">shared</mark> <mark>town</mark>, and' in page
    assert "and <mark>shared</mark> <mark>towns</mark> &lt;i&gt;." in page
    assert f'href="{paper.url}read/1/?q=sharing+towns#found"' in page
    assert f'<a href="{paper.url}read/2/?q=sharing+towns#found" aria-current="page">p. 2</a>' in page
    assert "p. 3" not in page
    assert f'rel="next" href="{paper.url}read/3/?q=sharing+towns"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_words_in_quotes_are_marked_side_by_side_only(client):
    paper = make_read_edition(pages=["The shared bus. A bus is shared."]).paper

    page = client.get(f"{paper.url}read/1/", {"q": '"shared bus"'}).content.decode()

    assert 'The <mark id="found">shared bus</mark>. A bus is shared.' in page


@pytest.mark.parametrize(
    ("written", "query"),
    [("résumé", "resume"), ("resume", "résumé"), ("ﬁnance", "finance"), ("תַּלְמִיד", "תלמיד"), ("كِتَاب", "كتاب")],
)
def test_accents_ligatures_and_vowels_are_no_hindrance(client, written, query):
    paper = make_read_edition(pages=[f"One {written} two."]).paper

    page = client.get(f"{paper.url}read/1/", {"q": query}).content.decode()

    assert f'One <mark id="found">{written}</mark> two.' in page


@pytest.mark.parametrize("query", ["\x00", '"', "a" * 10_000, "(", "<script>alert(1)</script>", "*", "🚌"])
def test_anything_may_be_searched_for_in_a_paper(client, query):
    paper = make_read_edition(pages=["One"]).paper

    response = client.get(f"{paper.url}read/1/", {"q": query, "zoom": query})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("query", ["“worse service”", '"worse service"', "«worse service»"])
def test_a_phrase_is_on_the_pages_that_have_it_and_on_no_other(client, query):
    paper = make_read_edition(pages=["A worse service.", "The service is worse.", "Worse services."]).paper

    page = client.get(f"{paper.url}read/1/", {"q": query})

    assert f"“{query}” is on 1 page: p. 1 Clear search" in visible_text(page)
    assert '<mark id="found">worse service</mark>' in page.content.decode()


def test_words_that_are_apart_are_not_called_a_phrase(client):
    paper = make_read_edition(pages=["A worse service.", "The service is worse.", "No service."]).paper

    shown = visible_text(client.get(f"{paper.url}read/1/", {"q": "worse service"}))

    assert "“worse service” is on 1 page: p. 1" in shown
    assert "All these words, but not side by side, are on 1 page: p. 2 Clear search" in shown


def test_numbers_and_compounds_are_found_in_a_paper_as_they_are_in_a_search(client):
    paper = make_read_edition(pages=["16.7 percent", "7 of 16", "House bill 538", "e-mail 地区合作"]).paper

    def pages(query: str) -> list[int]:
        shown = client.get(f"{paper.url}read/1/", {"q": query}).context["reader"]
        return [match["number"] for match in shown.matching_pages]

    assert pages("16.7") == [1]
    assert pages("H.538") == [3]
    assert pages("email") == pages("区合") == [4]
    assert pages("regionalisation") == []
