"""What the tests of moderation share."""

from __future__ import annotations

import pytest

from discussion.moderation.actions import apply_action
from tests.support.comments import make_comment
from tests.support.factories import make_user
from tests.support.moderation import JOAN, make_moderator


@pytest.fixture
def moderator(client):
    """The client of a moderator who is signed in."""
    client.force_login(make_moderator())
    return client


@pytest.fixture
def mo():
    return make_moderator()


@pytest.fixture
def removed():
    comment = make_comment(by=make_user(email=JOAN), text="You are all fools.")
    apply_action(comment, "remove", by=make_moderator(), rule=2, text="Please leave people out of it.")
    return comment
