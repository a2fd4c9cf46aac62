"""A relation is stored once and shown on both pages."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from publishing.models import Related
from tests.support.factories import make_paper, make_post

pytestmark = pytest.mark.django_db


def test_a_relation_is_read_from_both_ends():
    post, paper = make_post(), make_paper()
    Related.objects.create(page=post, other=paper)

    assert post.related == [paper]
    assert paper.related == [post]


def test_a_relation_to_a_draft_shows_nothing():
    post, draft = make_post(), make_paper(live=False)
    Related.objects.create(page=post, other=draft)

    assert post.related == []


def test_no_page_is_related_to_itself():
    post = make_post()

    with pytest.raises(ValidationError):
        Related(page=post, other=post).clean()
