"""Posts: the page, its neighbors, and their order in the list."""

from __future__ import annotations

import pytest

from tests.support.factories import make_post, on

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    return [page.title for page in response.context["filtered_list"].pages]


def test_a_post_leads_to_the_one_before_and_the_one_after(client):
    before, post, after = (
        make_post(title=title, first_published_at=on(year))
        for title, year in [("A", 2009), ("B", 2012), ("C", 2026)]
    )

    page = client.get(post.url).content.decode()

    assert f'rel="prev" href="{before.url}"' in page
    assert f'rel="next" href="{after.url}"' in page


def test_the_index_lists_newest_first(client):
    make_post(title="Old", first_published_at=on(2009))
    make_post(title="New", first_published_at=on(2026))

    assert titles(client.get("/blog/")) == ["New", "Old"]
