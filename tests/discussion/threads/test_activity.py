"""Which discussions are active, and how many comments each page of a list has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from blog.models import Post
from discussion.models import State
from discussion.threads.activity import attach_comment_counts, latest_authors, most_active
from tests.support.comments import make_comment, make_guest_comment, queries_of
from tests.support.factories import make_paper, make_post, make_user

pytestmark = pytest.mark.django_db


def test_where_nobody_wrote_lately_the_newest_comments_come_first():
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
    most_active(5)  # the first time fills the site cache
    few = len(queries_of(lambda: most_active(5)))
    for _ in range(6):
        make_comment()

    assert len(queries_of(lambda: most_active(5))) == few <= 2


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


def ago(**time):
    return timezone.now() - timedelta(**time)


def test_the_page_with_the_most_comments_in_30_days_comes_first():
    newest, busy, long_ago = (make_comment(submit_date=ago(days=29)).page for _ in range(3))
    make_comment(on=newest, submit_date=ago(minutes=1))
    for _ in range(2):
        make_comment(on=busy, submit_date=ago(days=29, hours=23))
    for _ in range(5):
        make_comment(on=long_ago, submit_date=ago(days=30, hours=1, minutes=1))

    pages = most_active(5)

    assert [(page.pk, page.comment_count) for page in pages] == [
        (busy.pk, 3), (newest.pk, 2), (long_ago.pk, 6),
    ]  # fmt: skip


def test_a_page_says_how_many_comments_it_has_and_who_wrote_the_newest():
    quiet = make_comment(submit_date=ago(days=2), by=make_user(name="Joan Marsh"))
    busy = make_comment(submit_date=ago(days=3))
    latest = make_guest_comment(on=busy.page, name="Grace Heron", submit_date=ago(days=1))
    make_comment(on=quiet.page, state=State.WAITING)
    make_comment(on=make_post(live=False))
    make_post()

    first, second = most_active(5)

    assert (first.pk, first.comment_count, first.latest_comment_author) == (busy.page_id, 2, "Grace Heron")
    assert first.latest_comment_at == latest.submit_date
    assert (second.pk, second.comment_count, second.latest_comment_author) == (quiet.page_id, 1, "Joan Marsh")


def test_no_more_pages_than_asked_for_and_of_two_at_once_the_newer():
    moment = timezone.now()
    one, two, three = (make_comment(submit_date=moment).page_id for _ in range(3))

    assert [page.pk for page in most_active(2)] == [three, two]
    assert one not in {page.pk for page in most_active(2)}


def test_who_wrote_last_is_whose_comment_is_published():
    comment = make_comment(by=make_user(name="Joan Marsh"), submit_date=ago(hours=1))
    make_comment(on=comment.page, by=make_user(name="Ada Plover"), state=State.WAITING)
    make_comment(on=comment.page, by=make_user(name="Bo Teal"), submit_date=ago(hours=2))
    other = make_comment(by=make_user(name="Grace Heron"))
    make_comment()

    moments = {one.page_id: one.submit_date for one in (comment, other)}
    assert latest_authors(moments) == {comment.page_id: "Joan Marsh", other.page_id: "Grace Heron"}
    assert latest_authors({}) == {}
    assert not queries_of(lambda: latest_authors({}))


def test_each_page_of_a_list_knows_its_count_after_one_query():
    busy, quiet = make_comment().page, make_post()
    make_comment(on=busy)
    make_comment(on=busy, state=State.WAITING)
    pages = list(Post.objects.filter(pk__in=[busy.pk, quiet.pk]))

    queries = queries_of(lambda: attach_comment_counts(pages))

    assert len(queries) == 1
    assert attach_comment_counts(pages) is pages
    assert {page.pk: page.comment_count for page in pages} == {busy.pk: 2, quiet.pk: 0}
    assert not queries_of(lambda: attach_comment_counts([]))
