"""The other pages that a page shows."""

from __future__ import annotations

import pytest

from publishing.models import Related
from tests.support.comments import queries_of
from tests.support.factories import make_paper, make_post, on

pytestmark = pytest.mark.django_db


def test_related_pages_stand_on_both_the_newest_first():
    post = make_post()
    old, new = make_paper(first_published_at=on(2009)), make_post(first_published_at=on(2012))
    Related.objects.create(page=post, other=old)
    Related.objects.create(page=new, other=post)
    Related.objects.create(page=old, other=post)

    assert post.related == [new, old]
    assert new.related == [post]


def test_a_page_with_a_card_is_not_related_by_that():
    paper = make_paper()
    post = make_post(body=[("card", {"page": paper})])

    assert post.related == []
    assert list(post.beside.others) == [paper.pk]


def test_a_private_or_unpublished_page_is_not_beside():
    draft = make_paper(live=False)
    post = make_post(body=[("card", {"page": draft})])
    Related.objects.create(page=post, other=draft)

    assert post.related == []
    assert post.beside.others == {}


def test_the_neighbors_of_a_post_are_the_next_in_time_whatever_is_related():
    posts = [make_post(title=f"{month}", first_published_at=on(2009, month)) for month in range(1, 6)]
    first, before, post, after, last = posts
    for other in (first, last):
        Related.objects.create(page=post, other=other)

    assert {side: link.title for side, link in post.neighbors.items()} == {"previous": "2", "next": "4"}
    assert post.related == [last, first]
    assert first.neighbors["previous"] is None
    assert last.neighbors["next"] is None
    assert (before.neighbors["next"].title, after.neighbors["previous"].title) == ("3", "3")


def test_what_is_beside_costs_the_same_queries_whatever_its_number():
    few, many = make_post(), make_post()
    for post, number in ((few, 1), (many, 4)):
        for _ in range(number):
            Related.objects.create(page=post, other=make_paper())
    few.related  # noqa: B018 - content types are known from now on
    del few.beside

    assert len(queries_of(lambda: few.related)) == len(queries_of(lambda: many.related))
