"""The feed of posts."""

from __future__ import annotations

import pytest

from tests.support.factories import make_post, on
from tests.support.feeds import entries

pytestmark = pytest.mark.django_db


def test_feeds_hold_what_is_published_newest_first(client):
    make_post(title="Old", first_published_at=on(2009))
    make_post(title="New", first_published_at=on(2026))
    make_post(title="Draft", live=False)

    assert entries(client.get("/blog/feed/")) == ["New", "Old"]
    assert entries(client.get("/papers/feed/")) == []
