"""What the tests of readers' requests share."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture
def unhurried(settings):
    settings.LIMITS = False


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()
