"""What the tests of signing in share."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.support.stand_in import reader, sign_in


@pytest.fixture
def later(client):
    """Somebody who came by way of Google and has been here for a while."""
    sign_in(client, "google")
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        yield reader(client)
