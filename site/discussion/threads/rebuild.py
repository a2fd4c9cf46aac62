"""The position of each comment of a page, computed anew from what replies to what.

Needs no database: give it what the rows say, and it says what they should.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

FIRST = 1  # the place of a top comment; those beneath it follow


class Position(NamedTuple):
    """Where one comment stands. ``order`` 0 is no place: nobody may read it yet."""

    thread: int
    parent: int
    level: int
    order: int
    beneath: int


class CommentPosition(NamedTuple):
    """What is known of one comment: what it answers, where it stands, and whether it must have a place."""

    pk: int
    reply_to: int | None
    position: Position
    is_shown: bool = True

    @property
    def is_placed(self) -> bool:
        return self.is_shown or self.position.order > 0


def rebuild(comments: Iterable[CommentPosition], *, deepest: int) -> dict[int, Position]:
    """Return where each of one page's comments should stand, by its number.

    What it answers decides; its parent, where that was deleted. A comment
    whose both are gone, on another page or later than itself, is a top comment. Those
    that stand well keep their places; gaps close. Time grows as sorting does.
    """
    ordered = sorted(comments, key=lambda one: one.pk)
    trees = _build_ancestry(ordered, deepest=deepest)
    places = _assign_order(ordered, trees)
    beneath: dict[int, int] = defaultdict(int)
    for one in reversed(ordered):  # children before parents
        parent = trees[one.pk][1]
        if parent != one.pk:
            beneath[parent] += beneath[one.pk] + one.is_placed
    return {one.pk: Position(*trees[one.pk], places.get(one.pk, 0), beneath[one.pk]) for one in ordered}


def _build_ancestry(ordered: list[CommentPosition], *, deepest: int) -> dict[int, tuple[int, int, int]]:
    """Return thread, parent and level of each; nobody answers what was said later."""
    trees: dict[int, tuple[int, int, int]] = {}
    for one in ordered:
        above = one.reply_to if one.reply_to in trees else one.position.parent
        if above not in trees:
            trees[one.pk] = (one.pk, one.pk, 0)
            continue
        thread, beside, level = trees[above]
        trees[one.pk] = (thread, above, level + 1) if level < deepest else (thread, beside, level)
    return trees


def _assign_order(ordered: list[CommentPosition], trees: dict[int, tuple[int, int, int]]) -> dict[int, int]:
    """Return the place of each that has one: as now where that can be, always after its parent."""
    sort_keys: dict[int, tuple[float, int, int]] = {}
    floors: dict[int, tuple[float, int, int]] = {}  # what those beneath must come after
    threads: dict[int, list[int]] = defaultdict(list)
    places: dict[int, int] = {}
    for one in ordered:
        thread, parent, level = trees[one.pk]
        floor = floors.get(parent, (0, 0, 0))
        if not one.is_placed:
            floors[one.pk] = floor  # has no place that could be kept
            continue
        sort_key = (one.position.order or float("inf"), level, one.pk)
        sort_keys[one.pk] = sort_key if sort_key > floor else (floor[0], level, one.pk)
        floors[one.pk] = sort_keys[one.pk]
        if level == 0:
            places[one.pk] = FIRST
        else:
            threads[thread].append(one.pk)
    for replies in threads.values():
        for place, pk in enumerate(sorted(replies, key=sort_keys.__getitem__), start=FIRST + 1):
            places[pk] = place
    return places
