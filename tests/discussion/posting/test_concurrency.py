"""Many who answer at the same moment, each with a connection of their own."""

from __future__ import annotations

import random
from collections import Counter
from threading import Thread

import pytest
from django.db import connection

from accounts.models import User
from discussion.models import Comment
from discussion.threads.integrity import check_integrity
from tests.support.comments import make_comment
from tests.support.factories import make_post, make_user


@pytest.fixture
def crowd(django_db_setup, django_db_blocker):
    """Give a thread that is really committed, and take it away again."""
    with django_db_blocker.unblock():
        opening = make_comment(on=make_post(), by=make_user())
        yield opening
        opening.page.delete()
        User.objects.filter(pk=opening.user_id).delete()


def post_replies(opening, seed, each, failures):
    chance = random.Random(seed)
    try:
        for n in range(each):
            there = list(Comment.objects.filter(thread_id=opening.thread_id))
            Comment(
                page_id=opening.page_id,
                user_id=opening.user_id,
                comment=f"{seed} {n}",
                reply_to=chance.choice(there),
            ).save()
    except Exception as failure:  # whatever it is, the test tells it
        failures.append(repr(failure))
    finally:
        connection.close()


def test_replies_at_the_same_moment_all_stand_and_every_count_is_right(crowd):
    assert_all_stand(crowd, authors=4, each=10)


def assert_all_stand(crowd, *, authors, each):
    failures: list[str] = []
    threads = [Thread(target=post_replies, args=(crowd, seed, each, failures)) for seed in range(authors)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    comments = list(Comment.objects.filter(thread_id=crowd.thread_id).order_by("order"))
    assert [comment.order for comment in comments] == list(range(1, authors * each + 2))
    assert {comment.pk: comment.nested_count for comment in comments} == counted_again(comments)
    assert check_integrity().is_clean


def counted_again(comments):
    parents = {comment.pk: comment.parent_id for comment in comments}
    counts = Counter(dict.fromkeys(parents, 0))
    for pk, parent in parents.items():
        while parent != pk:
            counts[parent] += 1
            pk, parent = parent, parents[parent]
    return dict(counts)
