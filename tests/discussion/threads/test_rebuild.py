"""Where comments should stand, from what answers what; needs no database."""

from __future__ import annotations

from discussion.threads.rebuild import CommentPosition, Position, rebuild

DEEPEST = 2


def row(pk, reply_to=None, *, parent=0, order=0, is_shown=True):
    """Return a row of which everything else is wrong."""
    return CommentPosition(pk, reply_to, Position(99, parent, 99, order, 99), is_shown)


def rebuilt(*rows):
    return rebuild(rows, deepest=DEEPEST)


def orders(*rows):
    return {pk: position.order for pk, position in rebuilt(*rows).items()}


def test_a_row_has_a_place_when_it_is_shown_or_had_one():
    assert row(1).is_placed
    assert row(1, is_shown=False, order=1).is_placed
    assert not row(1, is_shown=False).is_placed


def test_every_column_of_a_thread_is_worked_out_anew():
    assert rebuilt(row(1, order=1), row(2, 1, order=2), row(3, 2, order=3), row(4, 1, order=4), row(5)) == {
        1: Position(thread=1, parent=1, level=0, order=1, beneath=3),
        2: Position(thread=1, parent=1, level=1, order=2, beneath=1),
        3: Position(thread=1, parent=2, level=2, order=3, beneath=0),
        4: Position(thread=1, parent=1, level=1, order=4, beneath=0),
        5: Position(thread=5, parent=5, level=0, order=1, beneath=0),
    }


def test_rows_may_come_in_any_order():
    rows = [row(1, order=1), row(2, 1, order=2), row(3, 2, order=3)]

    assert rebuilt(*reversed(rows)) == rebuilt(*rows)


def test_at_the_deepest_level_a_reply_stands_beside_what_it_answers():
    stands = rebuilt(row(1, order=1), row(2, 1, order=2), row(3, 2, order=3), row(4, 3, order=4))

    assert (stands[3].parent, stands[3].level) == (2, 2)
    assert (stands[4].parent, stands[4].level) == (2, 2)
    assert [stands[pk].beneath for pk in (1, 2, 3, 4)] == [3, 2, 0, 0]


def test_what_a_reply_answers_counts_more_than_its_parent():
    stands = rebuilt(row(1), row(2), row(3, 2, parent=1))

    assert (stands[3].thread, stands[3].parent) == (2, 2)


def test_where_what_it_answers_is_gone_the_parent_decides():
    assert rebuilt(row(1), row(3, 2, parent=1))[3].parent == 1
    assert rebuilt(row(1), row(3, None, parent=1))[3].parent == 1


def test_nobody_answers_what_was_written_later_or_themselves():
    stands = rebuilt(row(1, 2, parent=2), row(2, 2, parent=2))

    assert [(one.thread, one.parent, one.level) for one in stands.values()] == [(1, 1, 0), (2, 2, 0)]


def test_replies_keep_their_order_and_gaps_close():
    assert orders(row(1, order=1), row(2, 1, order=9), row(3, 1, order=5), row(4, 1, order=7)) == {
        1: 1, 2: 4, 3: 2, 4: 3,
    }  # fmt: skip


def test_what_has_no_place_yet_comes_last_and_what_nobody_may_read_gets_none():
    assert orders(row(1, order=1), row(2, 1), row(3, 1, order=4), row(4, 1, is_shown=False)) == {
        1: 1, 2: 3, 3: 2, 4: 0,
    }  # fmt: skip


def test_a_stub_keeps_its_place_and_is_counted():
    stands = rebuilt(row(1, order=1, is_shown=False), row(2, 1, order=2, is_shown=False), row(3, 2, order=3))

    assert [one.order for one in stands.values()] == [1, 2, 3]
    assert [one.beneath for one in stands.values()] == [2, 1, 0]


def test_what_has_no_place_is_not_counted_but_what_stands_beneath_it_is():
    stands = rebuilt(row(1, order=1), row(2, 1, is_shown=False), row(3, 2, order=2))

    assert [one.beneath for one in stands.values()] == [1, 1, 0]
    assert [one.order for one in stands.values()] == [1, 0, 2]


def test_a_top_comment_that_nobody_may_read_has_no_place():
    assert orders(row(1, is_shown=False)) == {1: 0}


def test_a_reply_never_comes_before_its_parent():
    assert orders(row(1, order=1), row(2, 1, order=6), row(3, 2, order=4), row(4, 1, order=5)) == {
        1: 1, 2: 3, 3: 4, 4: 2,
    }  # fmt: skip


def test_of_two_with_the_same_order_the_higher_level_comes_first_and_then_the_older():
    assert orders(row(1, order=1), row(2, 1, order=2), row(3, 2, order=4), row(4, 1, order=4)) == {
        1: 1, 2: 2, 3: 4, 4: 3,
    }  # fmt: skip
    assert orders(row(1, order=1), row(2, 1, order=3), row(3, 1, order=3)) == {1: 1, 2: 2, 3: 3}


def test_each_thread_counts_its_own_places():
    assert orders(row(1, order=1), row(2, order=1), row(3, 1, order=2), row(4, 2, order=2)) == {
        1: 1, 2: 1, 3: 2, 4: 2,
    }  # fmt: skip


def test_nothing_is_nothing():
    assert rebuilt() == {}
