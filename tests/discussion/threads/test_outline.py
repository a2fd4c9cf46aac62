"""The outline of a discussion: what is in it, in which order, and where each comment is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from discussion.models import Comment, State
from discussion.threads.outline import (
    INITIAL_REPLIES,
    REPLIES_PER_PAGE,
    THREADS_PER_PAGE,
    CommentLocation,
    Outline,
    OutlineItem,
    outline_items,
)
from tests.support.comments import make_comment, queries_of
from tests.support.factories import make_user


def item(pk, parent=None, *, shown=True, **fields):
    return OutlineItem(pk, parent, parent, shown, fields.pop("counted", shown), **fields)


def item_from(*, parent=None, state=State.PUBLISHED, order=1, pinned=False):
    rows = [
        (1, 1, None, State.PUBLISHED, 1, False, 0, None, 1),
        (2, parent, parent, state, order, pinned, 3, 7, 1),
    ]
    return list(outline_items(rows))[1]


def order_of(outline, order=""):
    # Made anew, as a string from an address is.
    return [root.comment.pk for root in outline.sorted_roots(order="".join(order))]


def test_a_published_comment_is_shown_and_counted():
    assert item_from() == OutlineItem(2, None, None, True, True, False, 3, 7)
    assert item_from(pinned=True).pinned


@pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED}))
def test_a_comment_in_any_other_state_is_neither_and_not_pinned(state):
    assert item_from(state=state, pinned=True) == OutlineItem(2, None, None, False, False, False, 3, 7)


def test_a_comment_without_a_place_is_shown_to_its_author_and_not_counted():
    waiting = item_from(state=State.WAITING, order=0)

    assert (waiting.shown, waiting.counted) == (True, False)


def test_a_comment_stands_beneath_its_parent_unless_that_is_not_there():
    assert item_from(parent=1).parent_id == 1
    assert item_from(parent=5).parent_id is None
    assert item_from(parent=2).parent_id is None  # its own parent, as a top comment is
    assert item_from(parent=5).reply_to_id == 5


def test_only_public_comments_are_counted():
    outline = Outline.from_items([item(1), item(2, 1, shown=False), item(3, 2), item(4, counted=False)])

    assert outline.count == 2


@pytest.mark.parametrize(
    ("threads", "pages"), [(0, 1), (1, 1), (THREADS_PER_PAGE, 1), (THREADS_PER_PAGE + 1, 2)]
)
def test_there_are_as_many_pages_as_threads_need_and_at_least_one(threads, pages):
    assert Outline.from_items([item(pk) for pk in range(1, threads + 1)]).page_count == pages


def test_orders_put_pinned_ones_first_and_older_ones_first_among_equals():
    outline = Outline.from_items(
        [
            item(1),
            item(2, useful_count=1),
            item(3, pinned=True),
            item(4, useful_count=3),
            item(5, pinned=True),
        ]
    )

    assert order_of(outline) == [3, 5, 1, 2, 4]
    assert order_of(outline, "newest") == [5, 3, 4, 2, 1]
    assert order_of(outline, "useful") == [3, 5, 4, 2, 1]
    assert order_of(outline, "nonsense") == order_of(outline, "zzz") == order_of(outline)


def test_authors_are_the_members_who_can_be_read():
    outline = Outline.from_items(
        [item(1, author_id=7), item(2, author_id=8), item(3), item(4, 1, shown=False, author_id=9)]
    )

    assert outline.author_ids == {7, 8}


def test_answered_is_what_has_a_reply_that_is_shown():
    outline = Outline.from_items([item(1), item(2, 1), item(3), item(4, 3, shown=False)])

    assert outline.replied_ids == {1}


def test_a_location_names_page_thread_and_part():
    assert CommentLocation(9, 2, 4, None).query() == "?talk=2#comment-9"
    assert CommentLocation(9, 2, 4, 1).query() == "?talk=2&thread=4#comment-9"
    assert CommentLocation(9, 2, 4, 2).query(order="newest") == (
        "?talk=2&order=newest&thread=4&part=2#comment-9"
    )


def test_threads_are_located_by_page_in_the_order_that_is_asked_for():
    tops = range(1_000, 1_000 + THREADS_PER_PAGE + 1)
    outline = Outline.from_items([*(item(pk) for pk in tops), item(2_000, tops[-1])])

    assert outline.locate(tops[0]) == CommentLocation(1_000, 1, 1_000, None)
    assert outline.locate(tops[-2]) == CommentLocation(tops[-2], 1, tops[-2], None)
    assert outline.locate(tops[-1]) == CommentLocation(tops[-1], 2, tops[-1], None)
    assert outline.locate(2_000) == CommentLocation(2_000, 2, tops[-1], None)
    assert outline.locate(2_000, order="newest") == CommentLocation(2_000, 1, tops[-1], None)
    assert outline.locate(2_001) is None


def test_replies_are_located_by_the_part_in_which_they_are_shown():
    replies = range(1_000, 1_000 + REPLIES_PER_PAGE + 1)
    outline = Outline.from_items([item(1), *(item(pk, 1) for pk in replies)])

    def part_of(number):
        return outline.locate(replies[number - 1]).part

    assert part_of(INITIAL_REPLIES) is None
    assert part_of(INITIAL_REPLIES + 1) == 1
    assert part_of(REPLIES_PER_PAGE) == 1
    assert part_of(REPLIES_PER_PAGE + 1) == 2


@pytest.mark.django_db
def test_the_outline_of_a_page_is_one_query_and_as_its_reader_sees_it():
    author = make_user()
    top = make_comment(by=author, pinned=True)
    reply = make_comment(reply_to=top)
    waiting = make_comment(on=top.page, by=author, state=State.WAITING)
    make_comment()

    outline = Outline.for_page(top.page)

    assert outline.items == [
        OutlineItem(top.pk, None, None, True, True, True, 0, author.pk),
        OutlineItem(reply.pk, top.pk, top.pk, True, True, False, 0, reply.user_id),
    ]
    assert [one.pk for one in Outline.for_page(top.page, reader=author).items] == [
        top.pk, reply.pk, waiting.pk,
    ]  # fmt: skip
    assert len(queries_of(lambda: Outline.for_page(top.page))) == 1


@pytest.mark.django_db
def test_what_has_not_changed_is_taken_from_the_former_outline():
    page = make_comment(text="The first.").page
    tops = [make_comment(on=page) for _ in range(3)]
    former = Outline.for_page(page)

    reply = make_comment(reply_to=tops[0])
    tops[1].delete()
    new = make_comment(on=page)
    outline = Outline.for_page(page, former=former)

    assert outline.items == Outline.for_page(page).items
    assert [pk for pk, thread in outline.threads.items() if thread is former.threads.get(pk)] == [
        former.roots[0].comment.pk, tops[2].pk,
    ]  # fmt: skip
    assert [root.comment.pk for root in outline.roots] == [
        former.roots[0].comment.pk, tops[0].pk, tops[2].pk, new.pk,
    ]  # fmt: skip
    assert outline.count == 5
    assert reply.reply_to_id in outline.replied_ids
    assert tops[1].user_id not in outline.author_ids


@pytest.mark.django_db
def test_a_thread_whose_beginning_moved_is_where_it_would_be_without_a_former_outline():
    tops = [make_comment()]
    tops += [make_comment(on=tops[0].page) for _ in range(2)]
    former = Outline.for_page(tops[0].page)

    Comment.objects.filter(pk=tops[0].pk).update(submit_date=timezone.now() + timedelta(days=1))
    outline = Outline.for_page(tops[0].page, former=former)

    assert [root.comment.pk for root in outline.roots] == [tops[1].pk, tops[2].pk, tops[0].pk]
