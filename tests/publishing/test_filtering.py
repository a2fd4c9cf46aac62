"""Lists are narrowed by what stands in their address, and come in pages."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from publishing.models import Authorship, TopicLink
from tests.support.factories import make_author, make_post, make_topic, on

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


@pytest.mark.parametrize(
    "query", ["page=99", "page=0", "page=x", "page=-1", "topic=nowhere", "year=1850", "tag=%00", "month=13"]
)
def test_what_no_list_has_is_no_place_and_says_so(client, query):
    make_post()

    response = client.get(f"/blog/?{query}")

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "No results match these filters" in response.content.decode()


def test_the_index_comes_in_pages_that_keep_the_filter(client):
    for number in range(12):
        make_post(first_published_at=on(2009, 3, number + 1))

    page = client.get("/blog/?year=2009").content.decode()

    assert "?year=2009&amp;page=2" in page
    assert len(titles(client.get("/blog/?year=2009&page=2"))) == 2
