"""The feed of white papers."""

from __future__ import annotations

import pytest

from tests.support.factories import make_paper, make_post, on
from tests.support.feeds import entries

pytestmark = pytest.mark.django_db


def test_the_feed_of_papers_holds_published_papers_alone_newest_first(client):
    make_paper(title="Old", first_published_at=on(2009))
    make_paper(title="New", first_published_at=on(2026))
    make_paper(title="Draft", live=False)
    make_post(title="A post")

    assert entries(client.get("/papers/feed/")) == ["New", "Old"]
