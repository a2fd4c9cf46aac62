"""Which discussions are active, and how many comments each page of a list has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from discussion.threads.activity import attach_comment_counts, most_active
from tests.support.comments import make_comment, queries_of
from tests.support.factories import make_paper, make_post, make_user

pytestmark = pytest.mark.django_db


def test_the_most_active_discussions_have_the_newest_comments():
    at = datetime(2009, 4, 1, tzinfo=UTC)
    quiet, busy, paper = make_post(), make_post(), make_paper()
    for days, page in [(1, quiet), (2, busy), (3, paper), (5, busy)]:
        make_comment(on=page, submit_date=at + timedelta(days=days), by=make_user(name=f"Author {days}"))
    private = make_comment(submit_date=timezone.now()).page
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    pages = most_active(2)

    assert [page.pk for page in pages] == [busy.pk, paper.pk]
    assert [(page.comment_count, page.latest_comment_author) for page in pages] == [
        (2, "Author 5"),
        (1, "Author 3"),
    ]
    assert pages[0].latest_comment_at == at + timedelta(days=5)


def test_the_most_active_discussions_cost_the_same_however_many_there_are():
    make_comment()
    few = len(queries_of(lambda: most_active(5)))
    for _ in range(6):
        make_comment()

    assert len(queries_of(lambda: most_active(5))) == few <= 4


def test_a_site_without_comments_has_no_active_discussions():
    assert most_active(5) == []
    assert attach_comment_counts([]) == []


def test_counts_for_a_list_cost_one_query():
    discussed, silent = make_comment().page, make_post()
    make_comment(on=discussed)
    make_comment(on=discussed).remove(rule=1)
    pages = [discussed, silent]

    assert len(queries_of(lambda: attach_comment_counts(pages))) == 1
    assert [page.comment_count for page in pages] == [2, 0]
