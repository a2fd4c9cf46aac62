"""The states of a comment, and what can be done in each."""

from __future__ import annotations

import pytest

from discussion.models import Comment, State
from tests.support.comments import make_comment

pytestmark = pytest.mark.django_db


def test_an_action_can_be_taken_from_certain_states_only():
    comment = make_comment()

    assert comment.can("hold")
    assert not comment.can("approve")


@pytest.mark.parametrize("state", State)
def test_what_is_published_is_shown_and_nothing_else(state):
    assert Comment(state=state.value).is_shown == (state == State.PUBLISHED)
