"""No more children at once than there are slots."""

from __future__ import annotations

from threading import Thread

import pytest

from sandbox.slots import BusyError, Slots


class Visitor(Thread):
    """Waits for a slot as long as it takes, if it may wait."""

    def __init__(self, slots):
        super().__init__()
        self.slots, self.outcome = slots, ""
        self.start()

    def run(self):
        try:
            with self.slots.take(wait=60):
                self.outcome = "served"
        except BusyError:
            self.outcome = "refused"


def test_whoever_finds_no_free_slot_is_told_at_once():
    slots = Slots(2)

    with slots.take(), slots.take(), pytest.raises(BusyError), slots.take():
        pytest.fail("a third child")


def test_a_slot_is_free_again_after_its_child_even_one_that_failed():
    slots = Slots(1)

    for _ in range(3):
        with pytest.raises(ZeroDivisionError), slots.take():
            raise ZeroDivisionError

    with slots.take():
        pass


def test_one_waits_for_a_slot_and_all_others_are_told_at_once():
    slots = Slots(1)

    with slots.take():
        visitors = [Visitor(slots), Visitor(slots)]
        while all(visitor.is_alive() for visitor in visitors):
            visitors[0].join(timeout=0.01)
    for visitor in visitors:
        visitor.join()

    assert sorted(visitor.outcome for visitor in visitors) == ["refused", "served"]


def test_whoever_gave_up_waiting_leaves_the_place_to_the_next():
    slots = Slots(1)

    with slots.take():
        with pytest.raises(BusyError), slots.take(wait=0.01):
            pytest.fail("a second child")
        next_one = Visitor(slots)
        next_one.join(timeout=0.2)  # refused by now if the place were still taken
    next_one.join()

    assert next_one.outcome == "served"
