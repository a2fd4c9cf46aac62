"""Where nothing has all the words: other words, beginnings, some of the words, and ways on."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from wagtail.models import PageViewRestriction

from search.indexing import rebuild
from search.models import Word
from tests.support.comments import visible_text
from tests.support.searching import make_findable_post, make_read_paper, results_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("regionalizaton", "regionalization"),
        ("regoinalization", "regionalization"),
        ("eregionalization", "regionalization"),
        ("Regionalizatoin", "Regionalization"),
        ("towns regionalizaton", "towns regionalization"),
        ("regionalizaton twons", "regionalization towns"),
        ("regionalizationtowns", "regionalization towns"),
    ],
)
def test_a_misspelled_word_is_answered_with_what_was_meant(client, typed, meant):
    make_findable_post(introduction="What regionalization asks of towns. Regionalization towns.")

    response = client.get("/search/", {"q": typed})

    assert f"No results for “{typed}”. Did you mean {meant} ?" in visible_text(response)
    assert f"1 result for “{meant}”" in visible_text(response)
    assert f'href="?q={meant.replace(" ", "+")}"' in response.content.decode()
    assert f'value="{typed}"' in response.content.decode()


def test_a_suggestion_is_made_of_words_on_public_pages_only(client):
    post = make_findable_post(introduction="On regionalization.")
    PageViewRestriction.objects.create(page=post, restriction_type="login")

    shown = client.get("/search/", {"q": "regionalizaton"})

    assert "regionalization" not in shown.content.decode()


def test_a_word_that_is_there_is_not_corrected(client):
    make_findable_post(introduction="A form of form.")
    make_findable_post(introduction="A firm.")

    assert "Did you mean" not in visible_text(client.get("/search/", {"q": "firm"}))


@pytest.mark.parametrize("typed", ["collab", "collaborati", "Collaborat"])
def test_the_beginning_of_a_word_finds_it(client, typed):
    make_findable_post(introduction="Every collaborative needs a dispatcher.")

    response = client.get("/search/", {"q": typed})

    assert "<mark>collaborative</mark>" in response.content.decode()
    assert f"No results for “{typed}” as whole words. These results have words that begin this way." in (
        visible_text(response)
    )


def test_a_whole_word_does_not_find_longer_ones(client):
    make_findable_post(title="A bus")
    make_findable_post(title="A business")

    assert len(results_of(client, "q=bus&kind=post")) == 1


def test_a_page_found_by_a_beginning_is_opened_at_the_word(client):
    make_read_paper(["Every dispatcher needs a map."])

    (result,) = client.get("/search/", {"q": "dispat"}).context["results"]

    assert result["url"].endswith("read/1/?q=dispatcher#found")


def test_words_that_are_nowhere_together_find_some_of_them(client):
    make_findable_post(introduction="A dispatcher.")
    make_findable_post(introduction="A map.")

    response = client.get("/search/", {"q": "dispatcher map"})

    assert len(response.context["results"]) == 2
    assert "No results have all the words of “dispatcher map”. These results have some of them." in (
        visible_text(response)
    )


def test_a_search_without_results_leads_on(client):
    response = client.get("/search/", {"q": "zebra unicorn"})

    assert response.status_code == HTTPStatus.OK
    assert "No results for “zebra unicorn”" in visible_text(response)
    assert "some of them" not in visible_text(response)
    for link in ('href="/blog/"', 'href="/papers/"', 'href="/discussion/"', 'href="?kind=person"'):
        assert link in response.content.decode()


def test_filters_that_leave_nothing_can_be_cleared(client):
    make_findable_post(title="Dispatcher")

    response = client.get("/search/", {"q": "dispatcher", "kind": "paper"})

    assert "No results match these filters" in visible_text(response)
    assert '<a href="?q=dispatcher">Clear filters</a>' in response.content.decode()


def test_a_phrase_that_is_nowhere_can_be_searched_as_words(client):
    make_findable_post(introduction="The bus we shared.")

    response = client.get("/search/", {"q": "“shared bus”"})

    assert response.context["results"] == []
    assert '<a href="?q=shared+bus">Search for these words without quotation marks</a>' in (
        response.content.decode()
    )


def test_a_search_that_has_to_guess_costs_few_queries_however_many_words_there_are(
    client, django_assert_max_num_queries
):
    make_findable_post(
        introduction=" ".join(f"{'abcdefghij'[n % 10]}nything{'xyz'[n % 3]}" for n in range(30))
    )
    typed = " ".join(f"{'abcdefghij'[n % 10]}nythimg{'pqr'[n % 3]}" for n in range(24))

    with django_assert_max_num_queries(120):
        assert client.get("/search/", {"q": typed}).status_code == HTTPStatus.OK


def test_words_of_deleted_pages_go_when_the_table_is_rewritten():
    post = make_findable_post(introduction="Heliotrope.")
    assert Word.objects.filter(text="heliotrope").exists()

    post.delete()
    rebuild()

    assert not Word.objects.filter(text="heliotrope").exists()
