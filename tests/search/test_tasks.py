"""Updates of the search table outside the request."""

from __future__ import annotations

import pytest

from search import tasks
from search.models import Entry
from tests.support.comments import make_comment
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


def test_each_task_may_run_twice():
    comment = make_comment(on=make_post())

    for _ in range(2):
        tasks.index_page.call(comment.page_id)
        tasks.index_comment.call(comment.pk, comment.page_id)

    entries = Entry.objects.filter(page_id=comment.page_id).order_by("kind")
    assert list(entries.values_list("kind", "number")) == [
        ("comment", comment.pk),
        ("person", 0),
        ("post", 0),
    ]


def test_a_task_about_what_is_gone_by_then_does_nothing():
    tasks.index_page.call(0)
    tasks.index_comment.call(0, 0)

    assert not Entry.objects.filter(page_id=0).exists()
