"""Posts: the page, its neighbors, and the list with its filters."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from publishing.models import Authorship, TopicLink
from tests.publishing.models.test_published import on
from tests.support.factories import make_author, make_post, make_topic

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    return [page.title for page in response.context["filtered_list"].pages]


def test_a_post_leads_to_the_one_before_and_the_one_after(client):
    before, post, after = (
        make_post(title=title, first_published_at=on(year))
        for title, year in [("A", 2009), ("B", 2012), ("C", 2026)]
    )

    context = client.get(post.url).context

    assert context["previous"] == before
    assert context["next"] == after


def test_the_index_lists_newest_first(client):
    make_post(title="Old", first_published_at=on(2009))
    make_post(title="New", first_published_at=on(2026))

    assert titles(client.get("/blog/")) == ["New", "Old"]


def test_the_index_is_narrowed_by_each_filter(client):
    tagged, other = (
        make_post(title="Wanted", first_published_at=on(2009, 3)),
        make_post(title="Other", first_published_at=on(2012, 5)),
    )
    topic, author = make_topic(), make_author()
    TopicLink.objects.create(page=tagged, topic=topic)
    Authorship.objects.create(page=tagged, author=author)
    tagged.tags.add("buses")
    tagged.save()
    other.tags.add("books")
    other.save()

    for query in [
        f"topic={topic.slug}",
        "tag=buses",
        f"author={author.slug}",
        "year=2009",
        "month=3",
        "year=2009&month=3",
    ]:
        assert titles(client.get(f"/blog/?{query}")) == ["Wanted"], query


@pytest.mark.parametrize(
    "query", ["page=99", "page=0", "page=x", "page=-1", "topic=nowhere", "year=1850", "tag=%00", "month=13"]
)
def test_what_no_list_has_is_no_place_and_says_so(client, query):
    make_post()

    response = client.get(f"/blog/?{query}")

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "No results match these filters" in response.content.decode()


def test_an_empty_index_says_so(client):
    response = client.get("/blog/")

    assert response.status_code == HTTPStatus.OK
    assert "Nothing has been published here yet" in response.content.decode()


def test_the_index_comes_in_pages_that_keep_the_filter(client):
    for number in range(12):
        make_post(first_published_at=on(2009, 3, number + 1))

    page = client.get("/blog/?year=2009").content.decode()

    assert "?year=2009&amp;page=2" in page
    assert len(titles(client.get("/blog/?year=2009&page=2"))) == 2


def test_the_index_costs_the_same_for_one_post_and_for_ten(client, django_assert_num_queries):
    make_post()
    client.get("/blog/")  # the first visit fills the site cache
    with django_assert_num_queries(21) as few:
        client.get("/blog/")
    for _ in range(9):
        make_post()

    with django_assert_num_queries(len(few)):
        client.get("/blog/")
