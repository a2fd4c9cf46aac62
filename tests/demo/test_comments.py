"""The comments of the demo are added once, to pages that have none."""

from __future__ import annotations

import pytest

from demo import comments, content
from discussion.models import Comment
from discussion.threads.integrity import check_integrity
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


def test_the_demos_comments_are_added_once_and_make_whole_threads():
    slug = content.posts()[0]["slug"]
    expected = [row for row in content.read("content/comments.toml")["comment"] if row["page"] == slug]
    post = make_post(slug=slug)

    assert comments.load() == len(expected) > 0
    assert comments.load() == 0
    assert Comment.objects.filter(page=post).count() == len(expected)
    assert check_integrity().is_clean
