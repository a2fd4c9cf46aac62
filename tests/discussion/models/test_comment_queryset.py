"""Which comments each question to the queryset finds, in which order, and how many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from discussion.models import Comment, State
from tests.support.comments import make_comment, make_guest_comment, queries_of
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def test_the_comments_of_a_page_come_level_by_level_and_oldest_first():
    top = make_comment(submit_date=timezone.now())
    reply = make_comment(reply_to=top)
    older_top = make_comment(on=top.page, submit_date=timezone.now() - timedelta(days=1))
    make_comment()  # on another page

    assert list(Comment.objects.for_page(top.page)) == [older_top, top, reply]


def test_what_a_member_wrote_is_theirs_also_from_before_they_had_an_account():
    member = make_user(email="ada@example.org")
    EmailAddress.objects.create(user=member, email="Ada@example.org", verified=True)
    EmailAddress.objects.create(user=member, email="unproven@example.org", verified=False)
    own = make_comment(by=member)
    as_guest = make_guest_comment(email="ADA@Example.org")
    make_guest_comment(email="unproven@example.org")
    make_comment(by=make_user(), user_email="ada@example.org")

    assert set(Comment.objects.written_by(member)) == {own, as_guest}


def test_the_comments_of_a_page_that_is_not_public_are_on_no_public_page():
    shown = make_comment()
    make_comment(on=make_post(live=False))

    assert list(Comment.objects.on_public_pages()) == [shown]


def test_each_state_is_found_by_its_name():
    comments = {state: make_guest_comment(state=state) for state in State}

    assert list(Comment.objects.published()) == [comments[State.PUBLISHED]]
    assert list(Comment.objects.waiting()) == [comments[State.WAITING]]
    assert list(Comment.objects.unconfirmed()) == [comments[State.UNCONFIRMED]]


def test_visible_is_what_has_a_place_and_to_its_author_what_waits():
    author = make_user()
    shown = make_comment()
    stub = make_comment()
    stub.remove()
    waiting = make_comment(by=author, state=State.WAITING)
    held = make_comment(by=author)
    held.hold()
    make_comment(by=make_user(), state=State.WAITING)
    make_comment(by=author, state=State.UNCONFIRMED)

    assert set(Comment.objects.visible()) == {shown, stub, held}
    assert set(Comment.objects.visible(to=author)) == {shown, stub, held, waiting}


def test_the_newest_come_first_and_of_two_at_once_the_later_written():
    moment = timezone.now()
    first, second = (make_comment(submit_date=moment) for _ in range(2))
    old = make_comment(submit_date=moment - timedelta(days=1))

    assert list(Comment.objects.newest_first()) == [second, first, old]


def test_authors_come_along_in_the_same_query():
    make_comment(by=make_user(name="Joan Marsh"))

    queries = queries_of(lambda: [comment.name for comment in Comment.objects.with_authors()])

    assert len(queries) == 1


def test_published_comments_are_counted_by_page_in_one_query():
    busy = make_comment().page
    make_comment(on=busy)
    make_comment(on=busy, state=State.WAITING)
    quiet, elsewhere = make_post(), make_comment().page
    counts = {}

    queries = queries_of(lambda: counts.update(Comment.objects.counts_by_page([busy, quiet])))

    assert counts == {busy.pk: 2}
    assert elsewhere.pk not in counts
    assert len(queries) == 1


def test_the_threads_of_comments_are_locked_each_once():
    top = make_comment()
    reply, other = make_comment(reply_to=top), make_comment()

    with transaction.atomic():
        (query,) = queries_of(lambda: Comment.objects.lock_threads([reply, top, other]))

    assert f"IN ({top.pk}, {other.pk})" in query
