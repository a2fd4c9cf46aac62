"""Lists are narrowed by what stands in their address, and come in pages."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest

from publishing.models import Author, Authorship, Topic, TopicLink
from tests.support.factories import make_author, make_paper, make_post, make_topic, on

pytestmark = pytest.mark.django_db


def test_each_filter_in_force_can_be_taken_away(client):
    topic = make_topic("Buses")
    TopicLink.objects.create(page=make_post(first_published_at=on(2024)), topic=topic)

    page = client.get("/blog/", {"topic": topic.slug, "year": "2024"}).content.decode()

    assert 'href="/blog/?year=2024"' in page
    assert f'href="/blog/?topic={topic.slug}"' in page
    assert "1 result" in page


def titles(response) -> list[str]:
    return [page.title for page in response.context["filtered_list"].pages]


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


@pytest.mark.parametrize("query", ["page=99", "page=0", "page=x", "page=-1", "year=1850&page=2"])
def test_a_page_no_list_has_is_no_place_and_says_so(client, query):
    make_post()

    response = client.get(f"/blog/?{query}")

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "No results match these filters" in response.content.decode()


VALUES = [
    ("year", "1999", "1999"),
    ("year", "abc", "abc"),
    ("month", "7", "July"),
    ("month", "13", "13"),
    ("topic", "empty", "Nothing yet"),
    ("topic", "nowhere", "nowhere"),
    ("author", "silent", "Silent Author"),
    ("author", "nobody", "nobody"),
    ("tag", "untagged", "untagged"),
    ("series", "No such series", "No such series"),
    ("audience", "families", "Families"),
    ("audience", '"', "&quot;"),
]


@pytest.mark.parametrize("address", ["/blog/", "/papers/", "/topics/buses/", "/authors/ann/"])
@pytest.mark.parametrize(("name", "value", "label"), VALUES)
def test_a_filter_value_that_nothing_has_gives_an_empty_list_and_stays_selected(
    client, address, name, value, label
):
    topic, author = Topic.objects.create(name="Buses", slug="buses"), make_author("Ann")
    Author.objects.filter(pk=author.pk).update(slug="ann")
    Topic.objects.create(name="Nothing yet", slug="empty")
    Author.objects.create(name="Silent Author", slug="silent")
    for page in (make_post(first_published_at=on(2009, 3)), make_paper(first_published_at=on(2009, 3))):
        TopicLink.objects.create(page=page, topic=topic)
        Authorship.objects.create(page=page, author=author)

    response = client.get(address, {name: value})

    html = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert titles(response) == []
    assert "No results match these filters" in html
    assert re.search(rf'<option value="[^"]*" selected>{label}', html)
    assert f'chip--current" href="{address}"' in html


@pytest.mark.parametrize("value", ["%00", "%20", ""])
def test_a_filter_value_of_nothing_shows_everything(client, value):
    post = make_post()

    response = client.get(f"/blog/?tag={value}")

    assert (response.status_code, titles(response)) == (HTTPStatus.OK, [post.title])


@pytest.mark.parametrize("name", ["tag", "series", "author", "year"])
def test_a_page_repeats_of_a_filter_value_no_more_than_a_series_may_be_called(client, name):
    make_post()
    address = "/papers/" if name == "series" else "/blog/"

    response = client.get(address, {name: "x" * 5000})

    assert (response.status_code, titles(response)) == (HTTPStatus.OK, [])
    assert f">{'x' * 200}<" in response.content.decode()
    assert "x" * 201 not in response.content.decode()


def test_the_index_comes_in_pages_that_keep_the_filter(client):
    for number in range(12):
        make_post(first_published_at=on(2009, 3, number + 1))

    page = client.get("/blog/?year=2009").content.decode()

    assert "?year=2009&amp;page=2" in page
    assert len(titles(client.get("/blog/?year=2009&page=2"))) == 2
