"""No more children at once than there are slots."""

from __future__ import annotations

import pytest

from sandbox.slots import BusyError, Slots


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
