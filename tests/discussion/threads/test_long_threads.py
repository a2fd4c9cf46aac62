"""A reply writes the same few rows wherever it stands, counted by the database itself."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from accounts.models import User
from discussion.models import Comment
from discussion.threads.integrity import check_integrity
from tests.support.comments import make_comment
from tests.support.factories import make_user

WRITTEN = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables"


def rows_written():
    """Return how many rows this connection has inserted, changed or deleted so far."""
    if connection.vendor == "sqlite":
        return connection.connection.total_changes
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return int(cursor.fetchone()[0])


def cost_of_a_reply(to, by):
    with transaction.atomic():
        before = rows_written()
        Comment(page=to.page, user=by, comment="Measured.", reply_to=to).save()
        return rows_written() - before


@pytest.fixture
def opening(django_db_setup, django_db_blocker):
    """Give a thread that is really committed, and take it away again.

    Ten thousand replies in one transaction would measure that transaction.
    """
    with django_db_blocker.unblock():
        comment = make_comment(by=make_user())
        yield comment
        comment.page.delete()
        User.objects.filter(pk=comment.user_id).delete()


def test_a_reply_writes_as_many_rows_in_a_long_thread_as_in_a_short_one(opening):
    assert_same_cost(opening, length=200)


def assert_same_cost(opening, *, length):
    by = opening.user
    first = make_comment(reply_to=opening, by=by)
    deep = make_comment(reply_to=first, by=by)
    for _ in range(7):
        make_comment(reply_to=first, by=by)
    short = [cost_of_a_reply(to, by) for to in (opening, first, deep)]

    for _ in range(length - 13):
        Comment(page=opening.page, user=by, comment="One more.", reply_to=first).save()

    assert [cost_of_a_reply(to, by) for to in (opening, first, deep)] == short
    # Three rows of the comment, one to three of those above it, and the page's stamp.
    assert all(cost <= 3 + 3 + 2 for cost in short)
    assert Comment.objects.latest("pk").order == length + 3
    assert check_integrity().is_clean
