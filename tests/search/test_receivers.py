"""What changes is found as it is now, once it is committed."""

from __future__ import annotations

import pytest

from discussion.models import Comment
from search.models import Entry
from tests.support.factories import make_post, make_user
from tests.support.searching import results_of

pytestmark = pytest.mark.django_db


def test_a_comment_is_found_once_it_is_said_and_lost_when_it_is_removed(
    client, django_capture_on_commit_callbacks
):
    post = make_post()
    with django_capture_on_commit_callbacks(execute=True):
        comment = Comment(page=post, user=make_user(), comment="Ask the **dispatcher**.")
        comment.save()
    assert results_of(client, "dispatcher") == [("comment", comment.pk)]

    with django_capture_on_commit_callbacks(execute=True):
        comment.remove(rule=2)

    assert results_of(client, "dispatcher") == []


def test_publishing_writes_and_unpublishing_takes_away(client, django_capture_on_commit_callbacks):
    post = make_post(title="Dispatchers", live=False)
    with django_capture_on_commit_callbacks(execute=True):
        post.save_revision().publish()
    assert results_of(client, "dispatchers") == [("post", 0)]

    post.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        post.unpublish()

    assert not Entry.objects.filter(page_id=post.pk).exists()
