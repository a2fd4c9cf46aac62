"""What reading a talk costs: as many queries for a thousand comments as for ten."""

from __future__ import annotations

import pytest

from discussion.eyes import Eyes
from discussion.talk import Talk
from tests.makes import make_post, make_user
from tests.talking import make_comment, queries_of

pytestmark = pytest.mark.django_db


def test_a_talk_of_a_thousand_costs_no_more_queries_than_one_of_ten(client):
    by = make_user()
    talks = {size: make_post() for size in (10, 1_000)}
    for size, post in talks.items():
        tops = [make_comment(on=post, by=by) for _ in range(size // 5)]
        for n in range(size - len(tops)):
            make_comment(reply_to=tops[n % len(tops)], by=by if n % 2 else make_user())

    for reader in (None, by):
        if reader:
            client.force_login(reader)
        for post in talks.values():
            client.get(post.url)  # the first visit fills caches
        few, many = (queries_of(lambda post=post: client.get(post.url)) for post in talks.values())
        assert len(few) == len(many)
        assert sum("discussion_comment" in sql for sql in many) == (
            4 if reader else 3
        )  # one asks for roles, one for what is new


def test_the_talk_itself_is_three_queries():
    page, by = make_post(), make_user()
    for _ in range(30):
        make_comment(reply_to=make_comment(on=page, by=by), by=by)

    assert (
        len(
            queries_of(
                lambda: [
                    row.comment.name
                    for thread in Talk(page, asked={}, eyes=Eyes()).threads
                    for row in thread.rows
                ]
            )
        )
        == 3
    )
