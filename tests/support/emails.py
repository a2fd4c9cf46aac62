"""Letters for tests, and the hours they wait."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.utils import timezone

from mail import queue
from mail.models import Letter

ADA = "ada@example.org"


def write(to: str = ADA, **parts) -> Letter | None:
    """Write a letter whose transaction hasn't committed yet."""
    return queue.post(to=to, **{"subject": "A reply to you", "text": "Somebody answered.", **parts})


def in_hours(hours: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False)
