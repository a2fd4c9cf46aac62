"""What the tests of operation share."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_heartbeats():
    cache.clear()
