"""What stands in the search table, and how it is written anew."""

from __future__ import annotations

import pytest
from wagtail.rich_text import RichText

from search.indexing import rebuild
from tests.support.factories import make_post
from tests.support.searching import make_findable_post, make_read_paper, results_of

pytestmark = pytest.mark.django_db


def test_a_post_is_found_by_its_body(client):
    make_findable_post(body=[("text", RichText("<p>Two towns share a <b>nurse</b>.</p>"))])

    assert results_of(client, "nurses towns") == [("post", 0)]


def test_a_page_of_a_paper_is_found_with_its_number(client):
    paper = make_read_paper(["Cover", "On buses", "Every collaborative needs a dispatcher."])

    response = client.get("/search/", {"q": "dispatchers"})

    (result,) = response.context["results"]
    assert result["url"] == f"{paper.url}read/3/?q=dispatchers#found"
    assert "Every collaborative needs a <mark>dispatcher</mark>" in response.content.decode()


def test_the_table_can_be_written_anew(client):
    make_post(title="Dispatcher")

    assert rebuild() >= 1
    assert results_of(client, "dispatcher") == [("post", 0)]
