"""One question over posts, papers, pages of their files and comments."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from publishing.models import TopicLink
from search.indexing import index_page
from search.models import Entry
from tests.support.factories import make_post, make_topic
from tests.support.searching import make_findable_post, make_read_paper, results_of

pytestmark = pytest.mark.django_db


def test_what_became_private_is_not_found_though_its_row_is_there(client):
    post = make_findable_post(title="Dispatchers")
    PageViewRestriction.objects.create(page=post, restriction_type="login")

    assert results_of(client, "dispatchers") == []
    assert Entry.objects.filter(page_id=post.pk).exists()


def test_a_title_outranks_a_body(client):
    make_findable_post(title="Other", introduction="dispatcher", slug="body")
    make_findable_post(title="Dispatcher", slug="title")

    response = client.get("/search/", {"q": "dispatcher"})

    assert [result["page"].slug for result in response.context["results"]] == ["title", "body"]


def test_at_most_three_pages_of_one_paper_stand_on_one_results_page(client):
    make_read_paper(["dispatcher"] * 5)
    for _ in range(4):
        make_findable_post(introduction="The dispatcher answers.")

    first, second = results_of(client, "dispatcher"), results_of(client, "q=dispatcher&page=2")

    assert [kind for kind, _number in first].count("sheet") == 3
    assert len(first) == 7
    assert [kind for kind, _number in second] == ["sheet", "sheet"]


def test_results_are_narrowed_by_facets_that_count(client):
    topic = make_topic("Buses")
    TopicLink.objects.create(page=(about := make_post(title="Dispatcher")), topic=topic)
    index_page(about.pk)
    make_findable_post(title="Dispatcher two")

    response = client.get("/search/", {"q": "dispatcher", "topic": topic.slug})

    assert [result["page"].pk for result in response.context["results"]] == [about.pk]
    assert response.context["query"].facets["topic"] == {topic.slug: 1}


def test_an_accent_more_or_less_finds_the_same(client):
    make_findable_post(title="Joaquín on finance")

    assert results_of(client, "joaquin") == results_of(client, "Joaquín") == [("post", 0)]


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("ﬁnance", "finance"), ("oﬃce", "office"), ("cliché", "cliche"), ("cliche", "cliché"),
        ("naïve", "NAIVE"), ("תַּלְמִיד", "תלמיד"), ("مُدَرِّس", "مدرس"), ("straße", "strasse"),
    ],
)  # fmt: skip
def test_words_are_found_and_marked_as_they_are_typed(client, written, query):
    make_read_paper(["Cover", f"One {written} two."])

    (result,) = client.get("/search/", {"q": query, "kind": "sheet"}).context["results"]

    assert result["entry"].number == 2
    assert f"One <mark>{written}</mark> two." in result["snippet"]


def test_words_in_quotes_stand_side_by_side(client):
    make_findable_post(introduction="A shared bus.")
    make_findable_post(introduction="The bus we shared.")

    assert len(results_of(client, '"shared bus"')) == 1


def test_results_are_narrowed_by_audience_and_series(client):
    make_read_paper(["The dispatcher"], title="One", audiences=["families", "teachers"], series="Briefs")
    make_read_paper(["A dispatcher"], title="Two", audiences=["teachers"])

    everything = client.get("/search/", {"q": "dispatcher"})
    for_families = client.get("/search/", {"q": "dispatcher", "audience": "families", "series": "Briefs"})

    assert everything.context["query"].facets["audience"] == {"families": 1, "teachers": 2}
    assert "Families" in everything.content.decode()
    assert [result["page"].title for result in for_families.context["results"]] == ["One"]
    assert "audience=families" in everything.content.decode()
