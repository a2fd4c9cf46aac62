"""The list page above all pages of one type."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


def test_an_empty_index_says_so(client):
    response = client.get("/blog/")

    assert response.status_code == HTTPStatus.OK
    assert "Nothing has been published here yet" in response.content.decode()


def test_the_index_costs_the_same_for_one_post_and_for_ten(client, django_assert_num_queries):
    make_post()
    client.get("/blog/")  # the first visit fills the site cache
    with django_assert_num_queries(9) as few:
        client.get("/blog/")
    for _ in range(9):
        make_post()

    with django_assert_num_queries(len(few)):
        client.get("/blog/")
