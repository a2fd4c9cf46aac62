"""Whoever chose a picture that was not taken is told why, and what to choose instead."""

from __future__ import annotations

import pytest

from sandbox.picture_errors import explain
from sandbox.pictures import Limits, PictureError, RejectionReason
from sandbox.slots import BusyError

LIMITS = Limits(max_pixels=16_000_000, seconds=1, megabytes=1)


@pytest.mark.parametrize("reason", RejectionReason)
def test_every_reason_says_what_to_do(reason):
    assert "hoose" in explain(PictureError(reason), LIMITS)


def test_the_limit_of_pixels_is_told_in_megapixels():
    sentence = explain(PictureError(RejectionReason.TOO_MANY_PIXELS), LIMITS)

    assert "at most 16 megapixels" in sentence


def test_who_comes_while_others_are_served_is_asked_to_try_again():
    assert "try again" in explain(BusyError(), LIMITS)
