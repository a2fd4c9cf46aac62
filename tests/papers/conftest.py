"""What the tests of papers share."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.support.paper_files import make_editor


@pytest.fixture
def editor(client):
    """An editor who is signed in."""
    user = make_editor()
    client.force_login(user)
    return user


@pytest.fixture
def unhurried(settings):
    """Without limits on how often something may be sent."""
    settings.LIMITS = False


@pytest.fixture
def fresh_counts():
    """With nothing counted yet of what was sent."""
    cache.clear()
