"""What is one's own, what is new, and what one follows and found useful under a page."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from discussion.models import Comment, Frequency, Reaction, ReadMarker, Scope, State, Subscription
from discussion.threads.reader_state import ReaderState
from tests.support.comments import make_comment, make_guest_comment, queries_of
from tests.support.factories import make_post, make_user
from tests.support.page_versions import publish_bumps

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_a_stranger_costs_no_query_and_sees_nothing_as_new_or_theirs():
    comment = make_guest_comment()
    states = []

    queries = queries_of(lambda: states.append(ReaderState.load(None, comment.page)))

    assert not queries
    assert states == [ReaderState()]
    assert not states[0].is_own(comment)
    assert not states[0].is_unread(comment)
    assert not states[0].has_reacted(comment)


def test_on_a_first_visit_nothing_is_new_and_the_visit_is_noted():
    comment, reader, moment = make_comment(), make_user(), timezone.now()

    with time_machine.travel(moment, tick=False):
        state = ReaderState.load(reader, comment.page)

    assert (state.last_read, state.unread) == (None, [])
    assert not state.is_unread(comment)
    assert abs(ReadMarker.objects.last_read(reader, comment.page) - moment) < timedelta(seconds=1)


def test_new_is_what_others_published_here_since_the_last_visit_oldest_first():
    page, reader, before = make_post(), make_user(), timezone.now() - HOUR
    ReadMarker.objects.mark_read(reader, page, before)
    old = make_comment(on=page, submit_date=before)
    older = make_comment(on=page, submit_date=before - HOUR)
    later = make_comment(on=page, submit_date=before + timedelta(minutes=9))
    sooner = make_comment(on=page, submit_date=before + timedelta(minutes=3))
    own = make_comment(on=page, by=reader)
    guest = make_guest_comment(on=page, submit_date=before + timedelta(minutes=20))
    make_comment(on=page, state=State.WAITING)
    make_comment()

    state = ReaderState.load(reader, page)

    assert state.last_read == before
    assert state.unread == [sooner.pk, later.pk, guest.pk]
    assert [state.is_unread(one) for one in (older, old, later, own)] == [False, False, True, False]
    assert ReadMarker.objects.last_read(reader, page) > before


def test_a_visit_that_finds_nothing_new_is_not_noted():
    page, reader, before = make_post(), make_user(), timezone.now() - HOUR
    ReadMarker.objects.mark_read(reader, page, before)

    state = ReaderState.load(reader, page)

    assert state.unread == []
    assert ReadMarker.objects.last_read(reader, page) == before


def test_ones_own_is_what_one_wrote_as_a_member():
    reader = make_user(pk=100_000)
    state = ReaderState(reader=reader)

    assert state.is_own(Comment.objects.get(pk=make_comment(by=reader).pk))
    assert not state.is_own(make_comment())
    assert not state.is_own(make_guest_comment())


def test_what_one_follows_is_this_page():
    page, reader = make_post(), make_user()
    Subscription.objects.subscribe(page, member=make_user(), scope=Scope.PAGE)
    Subscription.objects.subscribe(make_post(), member=reader, scope=Scope.PAGE)
    assert not ReaderState.load(reader, page).is_following

    Subscription.objects.subscribe(page, member=reader, scope=Scope.PAGE)

    assert ReaderState.load(reader, page).is_following
    Subscription.objects.filter(member=reader).update(frequency=Frequency.NEVER)
    assert not ReaderState.load(reader, page).is_following


def test_what_one_found_useful_is_read_with_the_comments():
    reader, comments = make_user(), [make_comment() for _ in range(3)]
    Reaction.objects.toggle(comments[1], reader)
    Reaction.objects.toggle(comments[2], make_user())
    state, loaded = ReaderState(reader=reader), []

    queries = queries_of(lambda: loaded.extend(state.with_reactions(Comment.objects.order_by("pk"))))

    assert [state.has_reacted(one) for one in loaded] == [False, True, False]
    assert len(queries) == 1
    assert not any(
        ReaderState().has_reacted(one) for one in ReaderState().with_reactions(Comment.objects.all())
    )


def test_a_visit_costs_one_query_and_one_that_finds_something_new_three():
    page, reader = make_comment().page, make_user()
    ReaderState.load(reader, page)
    make_comment(on=page)
    publish_bumps()
    ReaderState.load(make_user(), page)  # loads the outline, and asks for the newest date

    counts = [len(queries_of(lambda: ReaderState.load(reader, page))) for _ in range(2)]

    assert counts == [3, 1]
