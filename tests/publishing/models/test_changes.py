"""Readers are told of substantial changes."""

from __future__ import annotations

from datetime import date

import pytest

from publishing.models import Change
from tests.support.factories import make_post, on

pytestmark = pytest.mark.django_db


def test_updated_on_is_the_newest_substantial_change(client):
    post = make_post(first_published_at=on(2009, 3, 22))
    for day, note in [(date(2010, 1, 1), "First figures."), (date(2026, 10, 5), "New figures.")]:
        Change.objects.create(page=post, changed_on=day, note=note)

    page = client.get(post.url).content.decode()

    assert post.last_change.note == "New figures."
    assert "March 22, 2009" in page
    assert "Oct. 5, 2026" in page or "October 5, 2026" in page
