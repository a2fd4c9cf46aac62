"""Crowds, ten thousand replies and hundreds of invented threads: nothing is lost, nothing shown twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.discussion.posting.test_concurrency import assert_all_stand, crowd
from tests.discussion.posting.test_concurrency_http import assert_each_stands_once
from tests.discussion.threads.test_long_threads import assert_same_cost, opening
from tests.discussion.threads.test_properties import STORIES, judge, small_pages, stories

__all__ = ["crowd", "opening", "small_pages"]
pytestmark = pytest.mark.soak


def test_replies_of_twenty_people_at_the_same_moment_all_stand(crowd):
    assert_all_stand(crowd, authors=20, each=25)


def test_every_reply_of_twenty_people_through_the_server_stands_once(
    django_db_setup, django_db_blocker, tmp_path
):
    assert_each_stands_once(django_db_blocker, tmp_path, authors=20, each=25)


def test_a_reply_writes_as_few_rows_in_a_thread_of_ten_thousand(opening):
    assert_same_cost(opening, length=10_000)


@pytest.mark.django_db
@pytest.mark.usefixtures("small_pages")
@given(story=stories())
@settings(max_examples=300, **STORIES)
def test_whatever_becomes_of_whatever_thread_every_comment_is_found_or_told_of(client, story):
    judge(client, story)
