"""Which page takes comments, and until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from blog.models import Post
from discussion.text.anchors import Anchor
from discussion.threads.commentable import Commentable
from tests.support.comments import make_comment
from tests.support.factories import make_post
from tests.support.moderation import make_rules

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_an_open_discussion_takes_comments_and_never_closes_by_itself():
    post = make_post(first_published_at=timezone.now() - 10_000 * DAY)

    assert post.takes_comments
    assert post.closes_at is None
    assert not post.is_past_closing_date


def test_a_closed_discussion_takes_no_comments():
    assert not make_post(comments_open=False).takes_comments


def test_a_discussion_closes_by_itself_so_many_days_after_publication():
    make_rules(close_after_days=3)
    began = timezone.now()
    post = make_post(first_published_at=began)

    assert post.closes_at == began + 3 * DAY
    with time_machine.travel(began + 3 * DAY - timedelta(seconds=1), tick=False):
        assert post.takes_comments
    with time_machine.travel(post.closes_at, tick=False):
        assert post.is_past_closing_date
        assert not post.takes_comments


def test_reopening_does_not_undo_the_closing_date():
    make_rules(close_after_days=1)

    assert not make_post(comments_open=True, first_published_at=timezone.now() - 2 * DAY).takes_comments


def test_a_page_that_was_never_published_does_not_close():
    make_rules(close_after_days=3)

    assert make_post(live=False).closes_at is None


def test_a_page_without_passages_has_no_anchors():
    post, anchor = Post(title="Anything"), Anchor(1, 2)

    assert Commentable.resolve_anchor(post, anchor) is None
    assert Commentable.describe_anchors(post, {1: anchor}) == {}


def test_a_page_has_a_feed_of_its_comments(client):
    comment = make_comment(text="In the feed.")
    make_comment(text="Elsewhere.")

    feed = client.get(f"{comment.page.url}feed/").content.decode()

    assert "In the feed." in feed
    assert "Elsewhere." not in feed
