"""What the tests of papers share."""

from __future__ import annotations

import pytest

from tests.support.paper_files import make_editor


@pytest.fixture
def editor(client):
    """An editor who is signed in."""
    user = make_editor()
    client.force_login(user)
    return user
