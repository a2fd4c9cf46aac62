"""What the tests of moderation share."""

from __future__ import annotations

import pytest

from tests.support.moderation import make_moderator


@pytest.fixture
def moderator(client):
    """The client of a moderator who is signed in."""
    client.force_login(make_moderator())
    return client
