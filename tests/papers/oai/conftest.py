"""What the tests of the interface for harvesters share."""

from __future__ import annotations

import pytest

from tests.support.harvester import Harvester


@pytest.fixture
def harvester(client) -> Harvester:
    return Harvester(client)
