"""The list of papers, narrowed by what stands in its address."""

from __future__ import annotations

import pytest

from tests.support.factories import make_paper

pytestmark = pytest.mark.django_db


def titles(client, **params):
    response = client.get("/papers/", params)
    return response.status_code, [page.title for page in response.context["filtered_list"].pages]


def test_papers_are_narrowed_by_whom_they_are_written_for_and_by_series(client):
    make_paper(title="For families", audiences=["families", "teachers"], series="Briefs")
    make_paper(title="For teachers", audiences=["teachers"])

    assert titles(client, audience="families") == (200, ["For families"])
    assert titles(client, audience="teachers", series="Briefs") == (200, ["For families"])
    assert titles(client, series="Briefs") == (200, ["For families"])
