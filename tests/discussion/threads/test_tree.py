"""Weaving needs no database."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.threads.tree import build_tree, depths, descendants


class Item(NamedTuple):
    pk: int
    parent_id: int | None = None
    shown: bool = True


def numbers(branches):
    return [(branch.comment.pk, numbers(branch.replies)) for branch in branches]


def test_replies_stand_beneath_what_they_answer_oldest_first():
    tree = build_tree([Item(1), Item(2), Item(3, 1), Item(4, 2), Item(5, 1), Item(6, 3)])

    assert numbers(tree) == [(1, [(3, [(6, [])]), (5, [])]), (2, [(4, [])])]


def test_a_stub_stays_while_something_shown_stands_beneath_it():
    tree = build_tree([Item(1, shown=False), Item(2, 1, shown=False), Item(3, 2)])

    assert numbers(tree) == [(1, [(2, [(3, [])])])]


def test_a_stub_goes_when_nothing_shown_stands_beneath_it():
    tree = build_tree([Item(1), Item(2, 1, shown=False), Item(3, 2, shown=False), Item(4, shown=False)])

    assert numbers(tree) == [(1, [])]


def test_a_reply_to_a_parent_that_was_not_given_is_an_error():
    with pytest.raises(KeyError):
        build_tree([Item(2, 1)])


def test_a_chain_of_five_thousand_replies_is_no_deeper_than_the_stack():
    tree = build_tree([Item(1), *(Item(n, n - 1) for n in range(2, 5_001))])

    assert sum(1 for _ in descendants(tree[0])) == 4_999


def test_a_branch_whose_parent_is_not_shown_hangs_from_the_top():
    one = build_tree([Item(1), Item(2, 1), Item(3, 2), Item(4, 3)])[0]
    chosen = [one, *list(descendants(one))[1:]]

    assert depths(chosen) == [0, 1, 2]


@st.composite
def comment_lists(draw):
    size = draw(st.integers(0, 60))
    comments = []
    for pk in range(1, size + 1):
        parent = draw(st.none() | st.integers(1, pk - 1)) if pk > 1 else None
        comments.append(Item(pk, parent, draw(st.booleans())))
    return comments


@given(comment_lists())
@settings(max_examples=150, deadline=None)
def test_whatever_is_said_each_shown_comment_is_there_once_and_each_stub_has_one_beneath(comments):
    tree = build_tree(comments)

    there = [branch for top in tree for branch in [top, *descendants(top)]]
    pks = [branch.comment.pk for branch in there]
    assert len(pks) == len(set(pks))
    assert {comment.pk for comment in comments if comment.shown} <= set(pks)
    for branch in there:
        assert branch.comment.shown or any(below.comment.shown for below in descendants(branch))
        assert all(reply.comment.parent_id == branch.comment.pk for reply in branch.replies)
        assert [reply.comment.pk for reply in branch.replies] == sorted(
            reply.comment.pk for reply in branch.replies
        )


def test_only_what_is_shown_counts_as_visible_beneath():
    tree = build_tree(
        [Item(1), Item(2, 1, shown=False), Item(3, 2), Item(4, 1), Item(5, 1, shown=False), Item(6, 3)]
    )

    top = tree[0]
    assert top.visible_descendants == 3
    assert [(one.comment.pk, one.visible_descendants) for one in top.replies] == [(2, 2), (4, 0)]


def test_what_is_shown_is_read_depth_first():
    tree = build_tree([Item(1), Item(2, 1), Item(3, 1), Item(4, 2), Item(5, 2), Item(6, 4)])

    assert [one.comment.pk for one in descendants(tree[0])] == [2, 4, 6, 5, 3]
    assert depths([tree[0], *descendants(tree[0])]) == [0, 1, 2, 3, 2, 1]
